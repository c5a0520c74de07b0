"""Every write of notices."""

from liuchi.notices.actions.choosing import add_browser, choose, drop_browser
from liuchi.notices.actions.proving import prove, send_code
from liuchi.notices.actions.reaching import go_another_way, reach, release_due
from liuchi.notices.actions.telling import SILENT_CHANNELS, mark_read, tell_held, tell_rows

__all__ = [
    "SILENT_CHANNELS",
    "add_browser",
    "choose",
    "drop_browser",
    "go_another_way",
    "mark_read",
    "prove",
    "reach",
    "release_due",
    "send_code",
    "tell_held",
    "tell_rows",
]
