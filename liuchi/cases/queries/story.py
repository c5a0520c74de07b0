"""What happened to a case, told to the reporter or to the desk, from its journal rows."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from liuchi.cases import rules, words
from liuchi.cases.models import Case, FilingCondition, Matter
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


# What the reporter is told; the office's inner turns (filing, checking) are for the desk.
FOR_REPORTER = frozenset(
    [
        "case.reported",
        "case.added",
        "case.dispatched",
        "case.accepted",
        "case.handled",
        "case.closed",
        "case.refused",
        "case.withdrawn",
        "case.rated",
    ]
)
BY_REPORTER = frozenset(["case.reported", "case.added", "case.withdrawn", "case.rated"])


def timeline(case: Case, *, for_reporter: bool, now: datetime) -> list[Event]:
    """The events, oldest first, with what is waited for at the end (at most 6 queries)."""
    rows = [row for row in story(case.pk) if not for_reporter or row.verb in FOR_REPORTER]
    names = _Names(rows, for_reporter)
    events = [_event(row, case, names, for_reporter) for row in rows if row.verb.startswith("case.")]
    if waiting := _waiting(case):
        events.append(waiting)
    return events


class _Names:
    """Looks up once what the rows name by id."""

    def __init__(self, rows: list[Row], for_reporter: bool) -> None:
        units = {UUID(row.facts["unit"]) for row in rows if row.facts.get("unit")}
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

    def unit(self, row: Row) -> str:
        said = row.facts.get("unit")
        return self.units.get(UUID(said), "") if said else ""

    def staff(self, row: Row) -> str:
        """Who did it, for the desk: the post and the name."""
        actor = row.side("actor")
        post = self.posts.get(UUID(actor["post"])) if actor and actor["post"] else None
        if post is None:
            return ""
        return f"{post.title or post.get_role_display()} {post.person.name}".strip()


def _event(row: Row, case: Case, names: _Names, for_reporter: bool) -> Event:
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
    elif note and not for_reporter:
        note = rules.masked(note)
    return Event(
        at=row.at,
        who=who,
        words=_told(row, case, names, for_reporter),
        note=note,
        media=[UUID(one) for one in row.facts.get("media", [])],
        verb=row.verb,
        by_reporter=by_reporter,
    )


def _told(row: Row, case: Case, names: _Names, for_reporter: bool) -> str:
    verb = row.verb
    if verb == "case.reported":
        if for_reporter:
            return _("Your report arrived")
        said = words.channel(row.channel)
        late = row.recorded_at - row.at
        if late.total_seconds() > 120 and row.channel != "import":
            return _("%(channel)s; arrived %(when)s, when there was network again") % {
                "channel": said,
                "when": words.stamp(row.recorded_at),
            }
        return said
    if verb == "case.filed":
        matter = words.matter(names.matters.get(UUID(row.facts["matter"])))
        condition = names.conditions.get(row.facts.get("condition"))
        told = _("Filed as %(matter)s") % {"matter": matter or ""}
        return f"{told} · {condition}" if condition else told
    if verb == "case.dispatched":
        limit = words.limit(row.facts["limit"], row.facts["clock"])
        return _("Given to %(unit)s, limit %(limit)s") % {"unit": names.unit(row), "limit": limit}
    if verb == "case.handled":
        return _("Reported as done") if row.facts.get("outcome") == "done" else _("Could not be done")
    if verb == "case.rated":
        return _("%(stars)s of 5 stars for the service") % {"stars": row.facts["stars"]}
    return {
        "case.added": _("Added a word"),
        "case.placed": _("Its place was read from the photo"),
        "case.urgent": _("May be urgent, so the clock runs through nights and weekends"),
        "case.accepted": _("Has taken it on"),
        "case.checked": _("Looked: it is done"),
        "case.closed": _("Closed"),
        "case.refused": _("Not taken up"),
        "case.withdrawn": _("Taken back"),
        "case.taken_over": _("Taken over from another system"),
        "case.contact_seen": _("Looked up the phone number"),
        "case.deadline_moved": _("A new calendar of working days moved the time limit"),
    }.get(verb, verb)


def _waiting(case: Case) -> Event | None:
    """What is waited for now."""
    if case.step_due is None:
        return None
    when = words.moment(case.step_due)
    told = {
        "reported": _("Waiting for the desk, by %(when)s"),
        "filed": _("Waiting to be given to a unit, by %(when)s"),
        "dispatched": _("Waiting for the unit to take it on; done by %(when)s"),
        "accepted": _("Being worked on; done by %(when)s"),
        "handled": _("Waiting to be checked, by %(when)s"),
        "checked": _("Waiting to be closed, by %(when)s"),
    }[case.state] % {"when": when}
    return Event(at=None, who=_("Now"), words=told, mark="now")
