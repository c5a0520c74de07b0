"""What is not on a community's list does not burden it without the street's consent (减负: 社区工作事项准入)."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases import rules
from liuchi.cases.actions.acting import acting, locked, settled, turn, words_of
from liuchi.cases.actions.clock import start_office_clock, stop_clock
from liuchi.cases.actions.giving import give_to, unit_to_give
from liuchi.cases.actions.report import Said, report
from liuchi.cases.models import Case, Motion
from liuchi.kernel.access import Target
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.people.models import Organisation, Post
from liuchi.territory.models import Area


def put_up_for_approval(ctx: Context, case: Case, unit: Organisation, words: str) -> None:
    """It waits for the street's answer before the community has it. Inside the transaction."""
    wants = Post.objects.filter(pk=ctx.post).values_list("organisation_id", flat=True).first() if ctx.post else None
    Motion.objects.create(
        case=case, kind="approval", unit=unit, by_unit_id=wants, reason=words, asked_by_id=ctx.person, asked_at=ctx.at
    )


def entrust(ctx: Context, unit_id: UUID, words: str, place_words: str = "") -> Case:
    """A unit asks that a community does something for it: that goes to the street first, whatever it is. The one who asks
    names the community; nothing reaches it before the answer."""
    words = words_of(words, _("Say what the community is asked to do, until when, and on which legal basis."))
    with transaction.atomic():
        unit = unit_to_give(unit_id)
        if unit.kind != "community" or unit.area is None:
            raise Refused("unit", _("Choose the community that is asked."), field="unit")
        acting(ctx, rules.TURNS["entrust"].ability, Target(area_first=unit.area.first))
        taken = report(
            replace(ctx, channel="unit"), Said(text=words, place_words=place_words or unit.area.name, area=unit.area)
        )
        case = locked(taken.case.pk)
        ctx = turn(ctx, case, "entrust")
        case.filed_at = ctx.at
        start_office_clock(case, ctx.at)
        settled(ctx, case, "entrust", {"for": str(unit.pk)})
        put_up_for_approval(ctx, case, unit, words)
    return case


def street_of(area: Area | None) -> Target:
    """Where the answer is given: at the street, not at the community that would be burdened."""
    while area is not None and rules.LEVELS.get(area.level, 0) < rules.LEVELS["street"]:
        area = area.parent
    return Target(area_first=area.first if area else None)


def answer_approval(ctx: Context, case_id: UUID, *, yes: bool, words: str = "", expect: int | None = None) -> Case:
    """准入: the street admits it, and the community has it; or declines, and the refusal is on record with its reason. What
    came from a resident goes back to the desk, what a unit pushed is closed."""
    words = words_of(words, "" if yes else _("Say why not: the unit that asked reads it."))
    with transaction.atomic():
        case = locked(case_id)
        motion = (
            Motion.objects.select_for_update(of=("self",))
            .select_related("unit")
            .filter(case=case, kind="approval", state="open")
            .first()
        )
        if motion is None or motion.unit is None:
            raise Refused("answered", _("This was answered in the meantime."), status=409)
        motion.state, motion.answer, motion.answered_at = ("granted" if yes else "declined"), words, ctx.at
        motion.save(update_fields=["state", "answer", "answered_at"])
        pushed = case.channel == "unit"
        if yes:
            ctx = turn(ctx, case, "admit", whose=street_of(case.area))
            settled(ctx, case, "admit", give_to(case, motion.unit, ctx.at), words, expect=expect)
            return case
        ctx = turn(ctx, case, "decline", "closed" if pushed else "filed", whose=street_of(case.area))
        facts = {"unit": str(motion.unit.pk)}
        if pushed:
            case.outcome, case.reply, case.closed_at = "refused", words, ctx.at
            stop_clock(case)
        else:
            start_office_clock(case, ctx.at)
        settled(ctx, case, "decline", facts, words, expect=expect)
    return case
