"""Every write of notices."""

from liuchi.notices.actions.choosing import add_browser, choose, drop_browser
from liuchi.notices.actions.gateways import (
    change_robot,
    close_robot,
    open_robot,
    set_up_sms,
    test_robot,
    test_sms,
)
from liuchi.notices.actions.proving import prove, send_code
from liuchi.notices.actions.reaching import go_another_way, reach, release_due
from liuchi.notices.actions.telling import SILENT_CHANNELS, mark_read, tell_held, tell_rows
from liuchi.notices.actions.wording import back_to_original, in_store, word

__all__ = [
    "SILENT_CHANNELS",
    "add_browser",
    "back_to_original",
    "change_robot",
    "choose",
    "close_robot",
    "drop_browser",
    "go_another_way",
    "in_store",
    "mark_read",
    "open_robot",
    "prove",
    "reach",
    "release_due",
    "send_code",
    "set_up_sms",
    "tell_held",
    "tell_rows",
    "test_robot",
    "test_sms",
    "word",
]
