"""Commands of the kernel."""

from liuchi.kernel.backup.commands import backup, restore
from liuchi.kernel.journal.commands import journal

__all__ = ["backup", "journal", "restore"]
