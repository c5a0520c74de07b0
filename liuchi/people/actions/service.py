"""Double registration (双报到): members in office register where they live, claim posts, and the community confirms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.people import rules
from liuchi.people.access import actor_at
from liuchi.people.actions.homecoming import nameless, note_looks
from liuchi.people.actions.living import living
from liuchi.people.actions.persons import phone_of
from liuchi.people.models import Claim, ClaimPost, Look, Organisation, Person, ServiceMember
from liuchi.people.registers.rules import periods
from liuchi.people.registers.sealed import claimed_index, empty, opened, person_index, seal
from liuchi.people.registers.seeing import leads

if TYPE_CHECKING:
    from liuchi.territory.models import Area

MOST_PLACES = 500
HOURS_A_DAY = 12
MOST_OCCASIONS = 99
MOST_HOURS = 200
STATEMENT_FILE = "service.statement_file"


def register_member(
    ctx: Context, person: Person, *, area: "Area | None", home_unit: str, report: bool = False
) -> ServiceMember:
    """Registers a member in office in the community where they live. home_unit: its name, tied to the tree if it stands
    there; report: yes to a statement of their service for the home unit.

    Raises Refused("area" | "home_unit"), ("double") for who is registered in a community.
    """
    if area is None or area.level != "community":
        raise Refused("area", _("Please choose the community in which you live."), field="area")
    words, unit = _home_unit(home_unit)
    with transaction.atomic():
        living(person.pk)
        record = records.create("service_member", area_id=area.pk, secrecy=1)
        member = ServiceMember(
            record=record, area=area, home_unit=unit, registered_on=rules.local_day(ctx.at),
            report_agreed_at=ctx.at if report else None,
        )  # fmt: skip
        seal(member, person.pk, {"name": person.name, "phone": phone_of(person), "home_unit": words})
        try:
            with transaction.atomic():
                member.save(force_insert=True)
        except IntegrityError as error:
            sentence = _("You are already registered in a community. Leave it first if you moved.")
            raise Refused("double", sentence, field="area", status=409) from error
        journal.write(nameless(ctx), record, "service.registered", {"report": report})
    return member


def correct_member(ctx: Context, member: ServiceMember, *, home_unit: str, report: bool) -> ServiceMember:
    """The home unit, and whether it is told. Taken back, no statement has the person from then on."""
    words, unit = _home_unit(home_unit)
    said = opened(member)
    if not said:
        raise Refused("ended", _("This entry has ended."), status=409)
    member.home_unit = unit
    if report != bool(member.report_agreed_at):
        member.report_agreed_at = ctx.at if report else None
    seal(member, UUID(said.pop("person")), said | {"home_unit": words})
    with transaction.atomic():
        member.save()
        journal.write(nameless(ctx), member.record, "service.corrected", {"report": report})
    return member


def leave_community(ctx: Context, member: ServiceMember) -> None:
    """Ends the registration: claims that are still to come are given back, who it was is forgotten; that a post was served
    stays, without a name. A second time changes nothing."""
    with transaction.atomic():
        found = ServiceMember.objects.select_for_update().select_related("record").get(pk=member.pk)
        if found.left_on:
            return
        ahead = found.claims.select_for_update(of=("self",)).filter(given_back_on=None, confirmed_on=None)
        for claim in ahead.select_related("post"):
            _free(ctx, claim)
        # who comes back is not thanked again for what was confirmed, as long as that post can be claimed
        for claim in found.claims.exclude(confirmed_on=None).filter(post__ends__gt=ctx.at):
            claim.left_by = claimed_index(found, claim.post_id)
            claim.save(update_fields=["left_by"])
        empty(found)
        found.left_on, found.home_unit, found.report_agreed_at = rules.local_day(ctx.at), None, None
        found.save()
        Look.objects.filter(record_id=found.pk, person=None).delete()
        journal.write(nameless(ctx), found.record, "service.left")


def open_post(
    ctx: Context,
    *,
    area: "Area | None",
    title: str,
    where: str,
    begins: datetime,
    ends: datetime,
    places: int,
    words: str = "",
) -> ClaimPost:
    """A post to be claimed. Raises Refused("area" | "title" | "where" | "ends" | "places")."""
    if area is None:
        raise Refused("area", _("Please choose the community."), field="area")
    title, where = " ".join(title.split())[:60], " ".join(where.split())[:120]
    if not title:
        raise Refused("title", _("Please say what is to be done."), field="title")
    if not where:
        raise Refused("where", _("Please say where."), field="where")
    if ends <= begins:
        raise Refused("ends", _("The end must lie after the beginning."), field="ends")
    if not 0 < places <= MOST_PLACES:
        raise Refused("places", _("Please enter for how many people it is."), field="places")
    with transaction.atomic():
        record = records.create("claim_post", area_id=area.pk)
        post = ClaimPost(
            record=record, area=area, title=title, words=words.strip()[:400], where=where, begins=begins, ends=ends, places=places
        )  # fmt: skip
        post.save(force_insert=True)
        journal.write(ctx, record, "claim_post.opened", {"places": places})
    return post


def close_post(ctx: Context, post: ClaimPost) -> None:
    """Nobody claims it any more; who claimed it comes all the same."""
    with transaction.atomic():
        if ClaimPost.objects.filter(pk=post.pk, closed_on=None).update(closed_on=rules.local_day(ctx.at)):
            journal.write(ctx, post.record, "claim_post.closed")


def claim(ctx: Context, post: ClaimPost, member: ServiceMember) -> Claim:
    """A member takes one of the places. Of two who want the last one, the database gives it to one.

    Raises Refused("full" | "closed" | "over" | "double" | "elsewhere").
    """
    if not post.area.first <= member.area.first <= post.area.last:
        raise Refused("elsewhere", _("This post belongs to another community."), status=409)
    if post.ends <= ctx.at:
        raise Refused("over", _("This is over."), status=409)
    with transaction.atomic():
        if not ServiceMember.objects.select_for_update().filter(pk=member.pk, left_on=None).exists():
            raise Refused("ended", _("This entry has ended."), status=409)
        mine = Q(member=member, given_back_on=None) | Q(left_by=claimed_index(member, post.pk))
        if Claim.objects.filter(mine, post=post).exists():
            raise Refused("double", _("You have claimed this already."), status=409)
        free = ClaimPost.objects.filter(pk=post.pk, closed_on=None, taken__lt=F("places"))
        if not free.update(taken=F("taken") + 1):
            if ClaimPost.objects.filter(pk=post.pk, closed_on=None).exists():
                raise Refused("full", _("The last place has just been taken. Thank you all the same."), status=409)
            raise Refused("closed", _("This post is closed."), status=409)
        record = records.create("claim", area_id=post.area_id, secrecy=1)
        made = Claim(record=record, post=post, member=member, claimed_on=rules.local_day(ctx.at))
        made.save(force_insert=True)
        journal.write(nameless(ctx), record, "service.claimed", {"post": str(post.pk)})
    return made


def give_back(ctx: Context, claim: Claim) -> None:
    """The place is free again. A second time changes nothing. Raises Refused("confirmed") once it was confirmed."""
    with transaction.atomic():
        found = Claim.objects.select_for_update(of=("self",)).select_related("post", "record").get(pk=claim.pk)
        if found.confirmed_on:
            raise Refused("confirmed", _("This has been confirmed already."), status=409)
        if not found.given_back_on:
            _free(ctx, found)


def look_at_claims(ctx: Context, post: ClaimPost, duty: str = "service.confirm") -> list[tuple[Claim, dict[str, str]]]:
    """Who claimed a post, each with a line in the log of looks."""
    with transaction.atomic():
        claims = list(
            post.claims.filter(given_back_on=None).select_related("member", "record").order_by("claimed_on", "pk")
        )
        note_looks(ctx, [one.member for one in claims], duty)
    return [(one, opened(one.member)) for one in claims]


def confirm(ctx: Context, post: ClaimPost, done: Mapping[UUID, tuple[int, Decimal]]) -> int:
    """The community confirms who served: claim -> (occasions, hours). What is confirmed stays as it is.

    Returns how many were confirmed now. Raises Refused("early" | "occasions" | "hours"), ("own") for who would confirm
    their own service.
    """
    if post.begins > ctx.at:
        raise Refused("early", _("This has not begun yet."), status=409)
    for occasions, hours in done.values():
        if not 0 < occasions <= MOST_OCCASIONS:
            raise Refused("occasions", _("Please enter how often they came, from 1 to 99."))
        if not 0 < hours <= most_hours(post):
            sentence = _("Please enter the hours, more than 0 and at most %(most)s for this post.")
            raise Refused("hours", sentence % {"most": f"{most_hours(post):g}"})
    day, confirmed = rules.local_day(ctx.at), 0
    with transaction.atomic():
        open_claims = Claim.objects.select_for_update(of=("self",)).filter(
            post=post, pk__in=list(done), given_back_on=None, confirmed_on=None
        )
        for one in open_claims.select_related("record", "member"):
            if opened(one.member)["person"] == str(ctx.person):
                raise Refused("own", _("Nobody confirms their own service. Please ask a colleague."), status=403)
            one.occasions, one.hours = done[one.pk]
            one.confirmed_on = day
            one.save(update_fields=["occasions", "hours", "confirmed_on"])
            facts = {"post": str(post.pk), "occasions": one.occasions, "hours": str(one.hours)}
            journal.write(ctx, one.record, "service.confirmed", facts)
            confirmed += 1
    return confirmed


def most_hours(post: ClaimPost) -> Decimal:
    """How many hours one member can have served at a post: its whole length, and of a day at most twelve."""
    length = Decimal(max(1, round((post.ends - post.begins).total_seconds() / 1800))) / 2
    days = (post.ends.date() - post.begins.date()).days + 1
    return min(length, Decimal(HOURS_A_DAY * days), Decimal(MOST_HOURS))


@dataclass(frozen=True, slots=True)
class Line:
    """One member in a statement for the home unit."""

    name: str
    community: str
    occasions: int
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Told:
    """What a home unit is told of a period, both days included."""

    begins: date
    ends: date
    lines: list[Line]


def look_at_statement(ctx: Context, unit: Organisation, period: str, *, as_file: bool = False) -> Told:
    """What was confirmed in a period (of registers.rules.periods) of the members of a unit who agreed that it is told; who
    did nothing in it is not named. Each look is noted, as a file or on the screen.

    Raises Refused("period"), ("not_yours") for who is not the secretary at that very unit.
    """
    if unit.pk not in leads(actor_at(ctx.person, ctx.at)):
        raise Refused("not_yours", _("Only the secretary of this unit sees this."), status=403)
    bounds = periods(rules.local_day(ctx.at)).get(period)
    if bounds is None:
        raise Refused("period", _("Please choose a period."), field="period")
    with transaction.atomic():
        agreed = ServiceMember.objects.filter(home_unit=unit, left_on=None, report_agreed_at__isnull=False)
        confirmed = Q(claims__confirmed_on__range=bounds)
        members = list(
            agreed.select_related("area")
            .annotate(
                occasions=Sum("claims__occasions", filter=confirmed), hours=Sum("claims__hours", filter=confirmed)
            )
            .filter(occasions__gt=0)
        )
        note_looks(ctx, members, STATEMENT_FILE if as_file else "service.statement")
    lines = [Line(opened(one)["name"], one.area.name, one.occasions, one.hours) for one in members]
    return Told(*bounds, sorted(lines, key=lambda line: line.name))  # by name: nobody is ranked


def own_membership(person_id: UUID) -> ServiceMember | None:
    """Where somebody is registered now."""
    mine = ServiceMember.objects.filter(person_index=person_index(ServiceMember, person_id), left_on=None)
    return mine.select_related("area", "home_unit", "record").first()


def person_of_claim(claim_id: UUID) -> UUID | None:
    """Whose service a claim was; nobody's once they left. For what thanks them."""
    found = Claim.objects.select_related("member").filter(pk=claim_id).first()
    said = opened(found.member) if found else {}
    return UUID(said["person"]) if said else None


def _home_unit(words: str) -> tuple[str, Organisation | None]:
    words = " ".join(words.split())[:80]
    if not words:
        raise Refused("home_unit", _("Please enter the unit in which you work."), field="home_unit")
    found = list(Organisation.objects.filter(name=words, closed_on=None)[:2])
    return words, found[0] if len(found) == 1 else None


def _free(ctx: Context, claim: Claim) -> None:
    claim.given_back_on = rules.local_day(ctx.at)
    claim.save(update_fields=["given_back_on"])
    ClaimPost.objects.filter(pk=claim.post_id, taken__gt=0).update(taken=F("taken") - 1)
    journal.write(nameless(ctx), claim.record, "service.given_back", {"post": str(claim.post_id)})
