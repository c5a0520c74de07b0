"""What happened to a case, told to the reporter or to the desk, from its journal rows."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from liuchi.cases import rules
from liuchi.cases.masks import masked
from liuchi.cases.models import Case, FilingCondition, Matter
from liuchi.cases.queries.told import told, waited_for
from liuchi.kernel.journal.models import Row
from liuchi.kernel.journal.queries import story
from liuchi.people.models import Organisation, Post


@dataclass
class Event:
    """One line of the timeline. mark: done, or now for what is waited for; media: ids of what came with it."""

    at: datetime | None
    who: str
    words: str
    note: str = ""
    mark: str = "done"
    media: list[UUID] = field(default_factory=list)
    verb: str = ""
    by_reporter: bool = False


# What the reporter is told; the office's inner turns (filing, returning, disputing, checking) are for the desk.
FOR_REPORTER = frozenset(
    [
        "case.reported", "case.added", "case.dispatched", "case.decided", "case.transferred", "case.admitted",
        "case.accepted", "case.extended", "case.suspended", "case.resumed", "case.handled", "case.reworked", "case.closed",
        "case.refused", "case.withdrawn", "case.rated", "case.urged", "case.supervised", "case.escalated", "case.reopened",
        "case.recalled", "case.merged", "case.unmerged",
    ]
)  # fmt: skip
# What people of the office say to each other there stays there; the reporter reads what was written for them.
NOTES_FOR_REPORTER = frozenset(
    ["case.added", "case.handled", "case.refused", "case.withdrawn", "case.rated", "case.urged", "case.reopened"]
)
# Who joins and leaves is nobody's business; how many did stands on the page.
UNTOLD = frozenset(["case.joined", "case.left"])
BY_REPORTER = frozenset(["case.reported", "case.added", "case.withdrawn", "case.rated", "case.reopened"])


def timeline(case: Case, *, for_reporter: bool, now: datetime, rows: list[Row] | None = None) -> list[Event]:
    """The events, oldest first, with what is waited for at the end (at most 6 queries). rows: the story, if it was read
    already."""
    rows = standing(story(case.pk)) if rows is None else rows
    if for_reporter:
        rows = [row for row in rows if row.verb in FOR_REPORTER and row.facts.get("state") != "approval"]
    names = Names(rows, for_reporter)
    events = [
        _event(row, case, names, for_reporter)
        for row in rows
        if row.verb.startswith("case.") and row.verb not in UNTOLD
    ]
    if waiting := waited_for(case):
        events.append(Event(at=None, who=_("Now"), words=waiting, mark="now"))
    return events


def standing(rows: list[Row]) -> list[Row]:
    """The rows without turns that were taken back within their minute: for whoever reads they never happened."""
    undone = [(row.facts["since"], row.version) for row in rows if row.verb == "case.undone"]
    return [
        row
        for row in rows
        if row.verb != "case.undone"
        and (row.verb in rules.QUIET or not any(since <= row.version < until for since, until in undone))
    ]


def taken_back(row: Row) -> bool:
    """Whether what a row says was undone within its minute (one query)."""
    later = Row.objects.filter(record_id=row.record_id, verb="case.undone", version__gt=row.version)
    return any(since <= row.version for since in later.values_list("facts__since", flat=True))


class Names:
    """Looks up once what the rows name by id."""

    def __init__(self, rows: list[Row], for_reporter: bool) -> None:
        units = {
            UUID(row.facts[key])
            for row in rows
            for key in ("unit", "from", "for")
            if isinstance(row.facts.get(key), str) and len(row.facts[key]) == 36
        }
        self.units = dict(Organisation.objects.filter(pk__in=units).values_list("pk", "name")) if units else {}
        matters = {UUID(row.facts["matter"]) for row in rows if row.facts.get("matter")}
        self.matters = {one.pk: one for one in Matter.objects.filter(pk__in=matters)} if matters else {}
        conditions = {row.facts["condition"] for row in rows if row.facts.get("condition")}
        self.conditions = (
            {one.pk: one.label for one in FilingCondition.objects.filter(pk__in=conditions).only("text")}
            if conditions
            else {}
        )
        self.posts: dict[UUID, Post] = {}
        if not for_reporter:
            posts = {actor["post"] for row in rows if (actor := row.side("actor")) and actor["post"]}
            self.posts = {post.pk: post for post in Post.objects.filter(pk__in=posts).select_related("person")}

    def unit(self, row: Row, key: str = "unit") -> str:
        """The name of the unit that a row names."""
        said = row.facts.get(key)
        return self.units.get(UUID(said), "") if said else ""

    def staff(self, row: Row) -> str:
        """Who did it, for the desk: the post and the name."""
        actor = row.side("actor")
        post = self.posts.get(UUID(actor["post"])) if actor and actor["post"] else None
        if post is None:
            return ""
        return f"{post.title or post.get_role_display()} {post.person.name}".strip()


def _event(row: Row, case: Case, names: Names, for_reporter: bool) -> Event:
    by_reporter = row.verb in BY_REPORTER
    if by_reporter:
        who = _("You") if for_reporter else _("Reporter")
    elif for_reporter:
        who = case.unit.name if case.unit and row.verb in ("case.accepted", "case.handled") else _("Street desk")
    else:
        who = names.staff(row) or (
            case.unit.name if case.unit and row.verb in ("case.accepted", "case.handled") else ""
        )
    personal = row.side("personal") or {}
    note = personal.get("words", "")
    if row.verb == "case.reported":
        note = ""  # the words are the headline already
    elif for_reporter and row.verb not in NOTES_FOR_REPORTER:
        note = ""
    elif note and not for_reporter:
        note = masked(note)
    return Event(
        at=row.at,
        who=who,
        words=told(row, names, for_reporter),
        note=note,
        media=[UUID(one) for one in row.facts.get("media", [])],
        verb=row.verb,
        by_reporter=by_reporter,
    )
