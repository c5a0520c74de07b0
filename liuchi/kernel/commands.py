"""Commands of the kernel."""

from liuchi.kernel.journal.commands import journal

__all__ = ["journal"]
