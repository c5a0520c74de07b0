"""Commands of the kernel."""

from liuchi.kernel.backup.commands import backup, restore
from liuchi.kernel.journal.commands import journal
from liuchi.kernel.retention.commands import retention

__all__ = ["backup", "journal", "restore", "retention"]
