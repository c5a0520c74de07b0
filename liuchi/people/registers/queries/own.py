"""What the registers keep on one person: for themselves alone."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from liuchi.people.access import Actor
from liuchi.people.actions.homecoming import entry_of
from liuchi.people.actions.posts import in_term
from liuchi.people.actions.service import own_membership
from liuchi.people.models import Business, HomeComing, Look, Post, Registration, Role, ServiceMember
from liuchi.people.registers.sealed import Entry, opened, person_index
from liuchi.people.registers.trades import BUSINESSES, GROUPS


def not_yet(actor: Actor) -> list[dict[str, str]]:
    """The registers that somebody may still want to join: `[{icon, title, url}]`, none for nobody. Two queries.

    New-employment groups are not proposed to the office's own staff; where one lives, everybody may serve.
    """
    if actor.person_id is None:
        return []
    doors = []
    if not actor.is_staff and not Registration.objects.filter(person_id=actor.person_id, ended_on=None).exists():
        doors.append({"icon": "cards", "title": _("Join the register"), "url": reverse("people:join")})
    index = person_index(ServiceMember, actor.person_id)
    if not ServiceMember.objects.filter(person_index=index, left_on=None).exists():
        doors.append({"icon": "home", "title": _("Double registration"), "url": reverse("people:my_service")})
    return doors


def looks_at(entry: Entry) -> QuerySet[Look]:
    """Who looked at a member's entry, newest first."""
    looks = Look.objects.filter(record_id=entry.pk, person=None)
    return looks.select_related("by_post__organisation").order_by("-at")[:100]


def who_sees(home: HomeComing, day: date) -> list[tuple[str, date, bool]]:
    """Who sees a sign-in to a branch on a day: name, since when, and whether the post began after the sign-in."""
    posts = Post.objects.filter(in_term(day), role=Role.SECRETARY, organisation=home.organisation_id)
    found = posts.order_by("begins").values_list("person__name", "begins")
    return [(name, begins, begins > home.signed_on) for name, begins in found]


def registrations(person_id: UUID) -> list[dict[str, Any]]:
    """Entries in the register of new-employment groups."""
    mine = Registration.objects.filter(person_id=person_id).select_related("area", "branch__organisation")
    return [
        {
            "trade": str(GROUPS.get(entry.trade, entry.trade)),
            "platform": entry.platform,
            "area": entry.area.name,
            "branch": entry.branch.organisation.name if entry.branch else "",
            "vehicle": entry.vehicle,
            "agreed": str(entry.get_how_display()),
            "since": entry.registered_on.isoformat(),
            "until": entry.kept_until.isoformat(),
        }
        for entry in mine
    ]


def memberships(person_id: UUID) -> list[dict[str, Any]]:
    """What somebody said as a member, with who looked at it."""
    out = []
    home, member = entry_of(person_id), own_membership(person_id)
    if home:
        out.append({"branch": home.organisation.name, "since": home.signed_on.isoformat(), **_said(home)})
    if member:
        claims = member.claims.filter(given_back_on=None).select_related("post")
        out.append(
            {
                "community": member.area.name,
                "since": member.registered_on.isoformat(),
                "told_to_the_unit": bool(member.report_agreed_at),
                **_said(member),
                "claims": [
                    {
                        "post": claim.post.title,
                        "claimed": claim.claimed_on.isoformat(),
                        "occasions": claim.occasions,
                        "hours": str(claim.hours),
                    }
                    for claim in claims
                ],
            }
        )
    return out


def businesses(person_id: UUID) -> list[dict[str, Any]]:
    """The shops that somebody keeps."""
    return [
        {
            "name": shop.name,
            "trade": str(BUSINESSES.get(shop.trade, shop.trade)),
            "address": shop.address,
            "phone": shop.office_phone,
            "shown": bool(shop.consent_at),
        }
        for shop in Business.objects.filter(keeper_id=person_id)
    ]


def _said(entry: Entry) -> dict[str, Any]:
    said = {name: value for name, value in opened(entry).items() if name != "person"}
    looks = [
        {
            "at": look.at.isoformat(timespec="minutes"),
            "by": str(look.by_post.get_role_display()) if look.by_post else "",
            "unit": look.by_post.organisation.name if look.by_post and look.by_post.organisation else "",
        }
        for look in looks_at(entry)
    ]
    return said | {"looks": looks}
