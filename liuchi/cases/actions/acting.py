"""What every turn shares: who acts, whether the table allows it, what is written, and that a slip can be taken back."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from liuchi.cases import rules
from liuchi.cases.models import Case, Motion, Slip
from liuchi.kernel.access import Target
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal.models import Row
from liuchi.people import acting as people

# What was done offline in the last days of a post still counts when it arrives this much later. Later nobody could say
# any more when it was done, and somebody who left could go on by naming an old day.
AFTER_THE_POST = timedelta(days=3)
LONGEST_WORDS = 2000

# The verb of the journal for each turn.
VERBS = {
    "file": "case.filed", "dispatch": "case.dispatched", "accept": "case.accepted", "handle": "case.handled",
    "check": "case.checked", "close": "case.closed", "give_back": "case.returned", "dispute": "case.disputed",
    "decide": "case.decided", "transfer": "case.transferred", "entrust": "case.entrusted", "admit": "case.admitted", "decline": "case.declined",
    "add_unit": "case.unit_added", "split": "case.split", "ask_extension": "case.extension_asked", "extend": "case.extended",
    "ask_suspension": "case.suspension_asked", "suspend": "case.suspended", "resume": "case.resumed",
    "appeal": "case.appealed", "excuse": "case.excused", "urge": "case.urged", "supervise": "case.supervised",
    "escalate": "case.escalated", "send_down": "case.sent_down", "rework": "case.reworked", "reopen": "case.reopened",
    "recall": "case.recalled", "refuse": "case.refused", "withdraw": "case.withdrawn", "merge": "case.merged",
    "unmerge": "case.unmerged", "end_with": "case.closed",
}  # fmt: skip

# What a turn may change, and taking it back restores.
TURNING = (
    "state", "outcome", "reply", "matter_id", "condition_id", "unit_id", "handler_id", "filed_at", "dispatched_at",
    "accepted_at", "handled_at", "checked_at", "closed_at", "limit_value", "limit_clock", "limit_from", "limit_left",
    "limit_more", "due_at", "in_time", "warn_at", "suspended_until", "supervised_at", "returns", "decided", "transfers", "extensions",
    "reworks", "reopenings", "urges", "level", "main_id", "step_from", "step_value", "step_clock", "step_due",
)  # fmt: skip


def acting(ctx: Context, ability: str, target: Target) -> Context:
    """The context with the post in which the person does this: the one held when it was done. Raises Refused (403) if
    nobody may."""
    sentence = _("This is not yours to do. Ask the desk of your street if you think it should be.")
    return people.acting(ctx, ability, target, sentence=sentence, grace=AFTER_THE_POST)


def locked(case_id: UUID) -> Case:
    """The case with its record, locked until the transaction ends. Raises Refused (404) if there is none."""
    case = (
        # the record as well: who waited for the case must see the version that it has by now
        Case.objects.select_for_update(of=("self", "record"))
        .select_related("record", "area", "condition", "matter", "unit")
        .filter(pk=case_id)
        .first()
    )
    if case is None:
        raise Refused("not_found", _("There is no such case."), status=404)
    return case


def target_of(case: Case, name: str = "") -> Target:
    """What access needs to know of a case. What the desk decides on one that a level above holds is decided there."""
    area = case.area
    if case.level and name and rules.TURNS[name].ability == "cases.dispatch":
        while area is not None and rules.LEVELS.get(area.level, 0) < case.level:
            area = area.parent
    return Target(
        area_first=area.first if area else None,
        units=(case.unit_id,) if case.unit_id else (),
        owners=(case.reporter_id,) if case.reporter_id else (),
    )


def turn(
    ctx: Context, case: Case, name: str, to: str | None = None, *, asked: bool = True, whose: Target | None = None
) -> Context:
    """Checks the table and the right, moves the state (where the table leads to several: ``to``) and returns the context
    with the acting post. asked: False where the receipt was shown instead; whose: where the right is
    asked for, if not at the case. A phone's clock may be slow: nothing is done before what it follows.

    Raises Refused: ``wrong_state`` (409) when somebody was faster, ``not_yours`` (403).
    """
    if not ctx.trusted:
        ctx = ctx.happened(max(ctx.at, *_turned_at(case)))
    if asked:
        ctx = acting(ctx, rules.TURNS[name].ability, whose or target_of(case, name))
    if not rules.may_turn(name, case.state):
        raise moved_on()
    case.before = snapshot(case)  # type: ignore[attr-defined]
    case.state = rules.target(name, case.state, to)
    return ctx


def moved_on() -> Refused:
    """Somebody was faster."""
    return Refused("wrong_state", _("This case has moved on in the meantime. Look at it again."), status=409)


def settled(
    ctx: Context,
    case: Case,
    name: str,
    facts: dict[str, Any] | None = None,
    said: str = "",
    *,
    expect: int | None = None,
    about: UUID | None = None,
) -> None:
    """Keeps what a turn changed: the columns, one row of the journal, and for a minute how it was before. ``facts`` are ids,
    codes and numbers; ``said`` are words."""
    before: dict[str, Any] = case.before  # type: ignore[attr-defined]
    now = snapshot(case)
    changed = [field.removesuffix("_id") for field in TURNING if before[field] != now[field]]
    if changed:
        case.save(update_fields=changed)
    expected = seen(case, expect)
    journal.write(
        ctx,
        case.record,
        VERBS[name],
        {"state": case.state} | (facts or {}),
        {"words": said} if said else None,
        expect=expected,
        about=about,
    )
    if now["state"] != before["state"]:
        _let_go_of_motions(ctx, case)
    if rules.TURNS[name].undo and ctx.person and not ctx.trusted:
        _remember(ctx, case, name, before)


def _let_go_of_motions(ctx: Context, case: Case) -> None:
    """What was asked for in a state that is over needs no answer any more; an appeal is asked for after the end."""
    Motion.objects.filter(case=case, state="open").exclude(kind="appeal").update(
        state="lapsed", answered_at=ctx.recorded_at
    )


def _remember(ctx: Context, case: Case, name: str, before: dict[str, Any]) -> None:
    until, version = ctx.recorded_at + rules.UNDO_WITHIN, case.record.version
    kept = Slip.objects.filter(case=case, person_id=ctx.person, until=until, version=version - 1)
    if kept.update(version=version, turn=name):
        return  # two turns by one key are taken back together
    Slip.objects.update_or_create(
        case=case,
        defaults={
            "person_id": ctx.person,
            "turn": name,
            "since": version,
            "version": version,
            "until": until,
            "before": {field: _plain(value) for field, value in before.items()},
        },
    )


def snapshot(case: Case) -> dict[str, Any]:
    """The columns that turns change, as they are now."""
    return {field: getattr(case, field) for field in TURNING}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _turned_at(case: Case) -> list[datetime]:
    """When the turns before were, the report first."""
    times = (case.reported_at, case.filed_at, case.dispatched_at, case.accepted_at, case.handled_at, case.checked_at)
    return [at for at in times if at]


def seen(case: Case, expect: int | None) -> int | None:
    """The version to expect when a person decides on a page that showed ``expect``: the present one, if since then nothing
    happened but what does not concern the decision."""
    if expect is None or expect >= case.record.version:
        return expect
    return case.record.version if only_quiet_since(case, expect) else expect


def only_quiet_since(case: Case, version: int) -> bool:
    """Whether nothing that concerns a decision happened after a version of the case."""
    since = Row.objects.filter(record=case.record, version__gt=version).values_list("verb", flat=True)
    return rules.QUIET.issuperset(since)


def words_of(said: str, missing: str = "") -> str:
    """What somebody wrote, clean. ``missing``: the sentence when nothing was written and something is needed. Raises Refused
    at the field ``text``."""
    said = said.replace("\x00", "").strip()
    if missing and not said:
        raise Refused("text", missing, field="text")
    if len(said) > LONGEST_WORDS:
        sentence = _("Please say it in at most %(longest)s characters.") % {"longest": LONGEST_WORDS}
        raise Refused("too_long", sentence, field="text")
    return said
