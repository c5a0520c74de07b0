"""Who may apply for what, and for where; how often in a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from liuchi.admissions import rules
from liuchi.admissions.actions.acting import day_begins
from liuchi.admissions.actions.shops import NewShop
from liuchi.admissions.models import Admission, Application, Programme
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.people.models import Business, Organisation, Person, Post
from liuchi.people.rules import local_day
from liuchi.territory.models import Area
from liuchi.territory.queries import is_covered

# Somebody at a clerk's window has one or two things to apply for; who has more shops than this is helped by the community.
BEGUN_A_DAY = 12
SHOPS_A_DAY = 3


def check_who(
    ctx: Context,
    definition: rules.Definition,
    person: Person,
    business: Business | None,
    organisation: Organisation | None,
    shop: NewShop | None,
) -> None:
    """Raises Refused("business" | "organisation" | "who") for who can't apply for this."""
    today = local_day(ctx.at)
    if (definition.who == "business") != (business is not None or shop is not None):
        raise Refused("business", _("Please choose your shop, or enter it."), field="business")
    if (definition.who == "organisation") != (organisation is not None):
        raise Refused("organisation", _("Please choose your unit."), field="organisation")
    if business and (business.keeper_id != person.pk or business.closed_on):
        raise Refused(
            "business", _("This shop is registered under another keeper. Ask your community."), field="business"
        )
    if organisation and organisation.pk not in {post.organisation_id for post in posts_of(person, today)}:
        raise Refused("organisation", _("You hold no post in this unit."), field="organisation")
    if definition.who == "rider" and not is_rider(person, today):
        raise Refused("who", _("This is for riders and couriers. Register as one at a station or with your community."))


def check_day(ctx: Context, person: Person, shop: NewShop | None) -> None:
    """How many somebody begins in a day, whatever becomes of them. Call with the person locked."""
    if ctx.trusted:
        return
    begun = Application.objects.filter(person=person, begun_at__gte=day_begins(ctx.at))
    if begun.count() >= BEGUN_A_DAY:
        raise Refused("often", _("You have begun many applications today. Please go on tomorrow."), status=429)
    if shop is None:
        return
    new = begun.filter(Q(business=None) | ~Q(shop_name=""), version__data__who="business").count()
    if new >= SHOPS_A_DAY:
        sentence = _(
            "You have applied for %(n)s new shops today. Go on tomorrow, or have the community enter all of them at once."
        )
        raise Refused("often", sentence % {"n": SHOPS_A_DAY}, field="shop_name", status=429)


def check_area(programme: Programme, area: Area) -> None:
    """Raises Refused("area") for what lies outside of the programme's place."""
    if not programme.area.first <= area.first <= programme.area.last:
        raise Refused("area", _("This lies outside of the place that the programme is for."), field="area")


def check_spots(kept: Mapping[str, Any]) -> None:
    """Raises Refused("spot") for a dot outside of our place, with the answer's field."""
    for key, value in kept.items():
        spot = rules.spot_of(value)
        if spot and not is_covered(*spot):
            raise Refused("spot", _("This spot lies outside of our place. Mark it anew."), field=key)


def held_already(application: Application) -> Admission | None:
    """What the applicant, the shop or the unit holds under the same title of this programme."""
    same = Q(person=application.person_id, business=None, organisation=None)
    if application.business_id or application.organisation_id:
        same = Q(business=application.business_id, organisation=application.organisation_id)
    running = Admission.objects.filter(programme=application.programme_id, state=rules.RUNNING)
    return running.filter(same, title=application.title).first()


def is_rider(person: Person, today: date) -> bool:
    """Whether somebody is in a rider's post or in the register of riders and couriers."""
    return (
        "rider" in {post.role for post in posts_of(person, today)}
        or person.registrations.filter(ended_on=None).exists()
    )


def posts_of(person: Person, today: date) -> list[Post]:
    """The posts that somebody holds on a day."""
    return [post for post in person.posts.all() if post.begins <= today and (post.ends is None or today <= post.ends)]
