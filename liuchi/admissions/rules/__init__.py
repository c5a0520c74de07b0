"""The rules of admission. Pure; no Django.

Words
    programme    项目: what one can be admitted to; data, not code (`definition`)
    application  申请: one person's, for oneself, a shop or a unit (`life`; what it says: `answers`)
    admission    聘任、入选: what an approved application brings, for a term (`life`)
    letter       聘书、证书: the paper of one term, with a number and a code by which anybody can verify it (`letters`)
"""

from liuchi.admissions.rules.answers import as_granted, checked_answers, spot_of
from liuchi.admissions.rules.definition import (
    CHECK_ROLES,
    GRANTED_ROLE,
    KNOWN_KINDS,
    MOST,
    PHOTOS,
    RENEWALS,
    WHO,
    Check,
    Definition,
    Field,
    Give,
    faults,
    last_day,
    new_key,
    read,
)
from liuchi.admissions.rules.letters import clean_code, filled, letter_number, masked_name, new_code, same_name
from liuchi.admissions.rules.life import (
    APPLICANT,
    AT_THE_DESK,
    OPEN,
    PROGRAM,
    RUNNING,
    STATES,
    TERM_STATES,
    TERM_TURNS,
    TURNS,
    WITHDRAWN,
    free_places,
    may_turn,
    may_turn_term,
    notice_due,
    stops,
    told,
)

__all__ = [
    "APPLICANT",
    "AT_THE_DESK",
    "CHECK_ROLES",
    "GRANTED_ROLE",
    "KNOWN_KINDS",
    "MOST",
    "OPEN",
    "PHOTOS",
    "PROGRAM",
    "RENEWALS",
    "RUNNING",
    "STATES",
    "TERM_STATES",
    "TERM_TURNS",
    "TURNS",
    "WHO",
    "WITHDRAWN",
    "Check",
    "Definition",
    "Field",
    "Give",
    "as_granted",
    "checked_answers",
    "clean_code",
    "faults",
    "filled",
    "free_places",
    "last_day",
    "letter_number",
    "masked_name",
    "may_turn",
    "may_turn_term",
    "new_code",
    "new_key",
    "notice_due",
    "read",
    "same_name",
    "spot_of",
    "stops",
    "told",
]
