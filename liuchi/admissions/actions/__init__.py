"""Every write of admissions. Each action checks, changes and journals in one transaction."""

from liuchi.admissions.actions.admitting import (
    ask_to_renew,
    end_terms,
    give_back,
    remind,
    renew,
    withdraw,
)
from liuchi.admissions.actions.applying import appeal, cancel, save, send
from liuchi.admissions.actions.appointing import Line, appoint_many, invite
from liuchi.admissions.actions.checking import (
    approve,
    note_read,
    overturn,
    pass_on,
    refuse,
    send_back,
    show_phone,
    uphold,
)
from liuchi.admissions.actions.inviting import end_code, make_code, sweep_codes, take_up
from liuchi.admissions.actions.letters import note_printed
from liuchi.admissions.actions.programmes import close, copy_of, make, open_, write
from liuchi.admissions.actions.setting_up import set_up
from liuchi.admissions.actions.shops import NewShop

__all__ = [
    "Line",
    "NewShop",
    "appeal",
    "appoint_many",
    "approve",
    "ask_to_renew",
    "cancel",
    "close",
    "copy_of",
    "end_code",
    "end_terms",
    "give_back",
    "invite",
    "make",
    "make_code",
    "note_printed",
    "note_read",
    "open_",
    "overturn",
    "pass_on",
    "refuse",
    "remind",
    "renew",
    "save",
    "send",
    "send_back",
    "set_up",
    "show_phone",
    "sweep_codes",
    "take_up",
    "uphold",
    "withdraw",
    "write",
]
