"""What others may see of a report: the matter, the place down to the building, the day, a photo with the faces blurred -
and the words only where they speak of nobody."""

from __future__ import annotations

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from liuchi.cases import words
from liuchi.cases.joining import rules
from liuchi.cases.models import Case


def for_everybody(case: Case) -> bool:
    """Whether it is about a place and open, so that somebody else may be shown that it is there."""
    about_somebody = case.matter is not None and case.matter.code in rules.NOT_A_PLACE
    return (
        case.record.secrecy == 0
        and case.state != "withdrawn"
        and case.channel != "unit"
        and not about_somebody
        and (case.matter is not None or rules.says_nothing_personal(case.masked))
    )


def title(case: Case) -> str:
    """The reporter's line where it speaks of nobody; else the matter."""
    line = case.title
    if rules.says_nothing_personal(case.masked) and rules.says_nothing_personal(line):
        return words.headline(line)
    return words.matter(case.matter) or _("Something reported here")


def place(case: Case) -> str:
    """Down to the building."""
    return rules.public_place(case.place_words)


def day(case: Case) -> str:
    """11月22日"""
    local = timezone.localtime(case.reported_at)
    same_year = local.year == timezone.localtime().year
    return formats.date_format(local, "MONTH_DAY_FORMAT" if same_year else "DATE_FORMAT")


def told(text: str) -> str:
    """What the office wrote to the reporter, for the others: nothing where it speaks of somebody."""
    return text if rules.says_nothing_personal(text) else ""
