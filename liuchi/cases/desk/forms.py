"""The forms of the turns at the desk, as data: what each asks for, in which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from liuchi.cases import rules, words
from liuchi.cases.desk.reasons import reasons
from liuchi.cases.models import Case


@dataclass(frozen=True, slots=True)
class Form:
    """One turn as a dialog. title: what it is; button: what it does; words: the question above the field of words.

    need: words have to be written; unit: the question above the choice of a unit (need_unit: one has to be chosen);
    reasons and whose: why it is not taken up, and whose it is; number: the question above the number of another case; value: how much at most, in ``clock``; until: the days between
    which one is chosen; on: also a choice between on and off.
    """

    name: str
    title: str
    hint: str
    button: str
    words: str = ""
    need: bool = False
    unit: str = ""
    need_unit: bool = False
    number: str = ""
    value: float | None = None
    clock: str = ""
    until: tuple[date, date] | None = None
    reasons: tuple[tuple[str, str, str], ...] = ()  # (outcome, what the desk calls it, what the reporter reads)
    whose: str = ""


# The main ways have a place of their own on the page.
HAVE_FORMS = frozenset(
    [
        "give_back", "dispute", "decide", "transfer", "add_unit", "split", "ask_extension", "ask_suspension", "resume",
        "appeal", "urge", "supervise", "escalate", "send_down", "rework", "recall", "refuse", "merge", "unmerge",
    ]
)  # fmt: skip


def form_of(name: str, case: Case, today: date) -> Form:
    """Raises KeyError for a turn without a form."""
    who_reads = _("The person who reported it does not read this.")
    forms = {
        "give_back": lambda: Form(
            name, _("Return it"), _("After two returns the supervisor decides, and nobody may return it again."),
            _("Return it"), _("Why is it not yours?"), True, _("Whose is it, if you know?"),
        ),
        "dispute": lambda: Form(
            name, _("Ask the supervisor to decide"), _("Whoever gets it then keeps it."), _("Ask the supervisor"),
            _("What is not clear?"), True,
        ),
        "decide": lambda: Form(
            name, _("Decide whose it is"), _("The unit has a whole time limit and may not return it."), _("Decide"),
            _("On which ground?"), False, _("Whose is it?"), True,
        ),
        "transfer": lambda: Form(
            name, _("Transfer it to another unit"), _("The other unit has a whole time limit."), _("Give it over"),
            _("Why?"), True, _("To whom?"), True,
        ),
        "add_unit": lambda: Form(
            name, _("Ask another unit to help"), _("It gets a part of its own; the unit in charge stays in charge."),
            _("Ask it to help"), _("What should it do?"), False, _("Which unit?"), True,
        ),
        "split": lambda: Form(
            name, _("Make a part of it a request of its own"), _("It waits at the desk for its own matter and unit."),
            _("Split it off"), _("What is the part about?"), True,
        ),
        "ask_extension": lambda: Form(
            name, _("Ask for more time"),
            _("At most %(most)s each time, twice at most. The desk decides.") % {"most": words.limit(case.limit_value or 0, case.limit_clock or "work_day")},
            _("Ask for it"), _("Why is more time needed?"), True, value=case.limit_value, clock=case.limit_clock,
        ),
        "ask_suspension": lambda: Form(
            name, _("Ask to put it on hold"), _("It goes on by itself on that day, with the time that is left now."),
            _("Ask for it"), _("Why can't it be done before?"), True,
            until=(today + timedelta(days=1), today + rules.LONGEST_SUSPENSION),
        ),
        "resume": lambda: Form(
            name, _("Go on now"), _("The time that was left runs from now."), _("Go on"),
        ),
        "appeal": lambda: Form(
            name, _("Appeal against the overdue mark"), _("Once for each case, within fifteen days of its end."),
            _("Appeal"), _("Why is the mark not right?"), True,
        ),
        "urge": lambda: Form(
            name, _("Remind whoever has it"), who_reads, _("Remind"), _("A word with it"),
        ),
        "supervise": lambda: Form(
            name, _("Put under supervision"), _("Unit and desk are told. It lasts until the request is closed."),
            _("Supervise"), _("What do you expect?"), True,
        ),
        "escalate": lambda: Form(
            name, _("Pass it up"), _("The next level of the office has it then."), _("Pass it up"),
            _("Why can't it be solved here?"), True,
        ),
        "send_down": lambda: Form(
            name, _("Send it down"), _("The level below sees to it."), _("Send it down"), _("A word with it"),
        ),
        "rework": lambda: Form(
            name, _("Not done yet: back to the unit"), _("The time at the check is not the unit's: its limit goes on from here."),
            _("Back to the unit"), _("What is still missing?"), True,
        ),
        "recall": lambda: Form(
            name, _("Open it again"), _("The unit that had it has it again, with a whole time limit."), _("Open it again"),
            _("What is not right yet?"), True,
        ),
        "refuse": lambda: Form(
            name, _("Why is it not taken up?"), _("The person who reported it reads these words."), _("Not taken up"),
            _("Or in your own words"), reasons=tuple(reasons()), whose=_("Whose is it?"),
        ),
        "merge": lambda: Form(
            name, _("Merge it with another request"), _("It ends with that one; who reported it follows that one."),
            _("Merge"), number=_("Number of the other request"),
        ),
        "unmerge": lambda: Form(
            name, _("Take it apart again"), _("It waits at the desk as a request of its own."), _("Take it apart"),
        ),
    }  # fmt: skip
    return forms[name]()


def titles(names: list[str], case: Case, today: date) -> list[Form]:
    """The forms of these turns; what has none (the main ways of the page) is left out."""
    return [form_of(name, case, today) for name in names if name in HAVE_FORMS]
