"""The register of new-employment groups: who is in it, for those who provide for them."""

import re

from django.db.models import Q, QuerySet

from liuchi.kernel import crypto
from liuchi.people.access import Actor
from liuchi.people.models import Registration, TradeBranch
from liuchi.people.phones import normal_phone
from liuchi.people.registers.sheets.workers import branch_for
from liuchi.territory.models import Area


def found(actor: Actor, *, text: str = "", trade: str = "", branch: str = "") -> QuerySet[Registration]:
    """Open entries by name, pinyin, platform or a whole phone number; by name, and in no other order."""
    entries = Registration.objects.filter(actor.q("registers.see"), ended_on=None)
    if trade:
        entries = entries.filter(trade=trade)
    if branch:
        entries = entries.filter(branch__in=[one.pk for one in branches_in_reach(actor) if str(one.pk) == branch])
    text = text.strip()
    if normal_phone(text):
        entries = entries.filter(person__phone_index=crypto.phone_index(text))
    elif text:
        fits = Q(person__name__icontains=text) | Q(platform__icontains=text)
        letters = text.lower().replace(" ", "")
        if re.fullmatch(r"[a-z]+", letters):
            fits |= Q(person__initials__startswith=letters) | Q(person__pinyin__startswith=letters)
        entries = entries.filter(fits)
    return entries.select_related("person", "area", "branch__organisation").order_by("person__pinyin", "pk")


def branches_in_reach(actor: Actor) -> list[TradeBranch]:
    """The branches by trade that somebody may write to."""
    there = actor.q("registers.figures", area="organisation__area__first")
    found = TradeBranch.objects.filter(there, organisation__closed_on=None).select_related("organisation__area")
    return list(found.order_by("organisation__name"))


def branches_that_serve(actor: Actor) -> QuerySet[TradeBranch]:
    """The branches of the areas in which somebody registers people, and those above that serve these areas as well."""
    scope = actor.scope("registers.edit")
    serves = Q() if scope.everything else Q(pk__in=[])
    for first, last in scope.areas:
        serves |= Q(organisation__area__first__lte=last, organisation__area__last__gte=first)
    found = TradeBranch.objects.filter(serves, organisation__closed_on=None)
    return found.select_related("organisation").order_by("organisation__name")


def branch_there(trade: str, area: Area | None) -> TradeBranch | None:
    """The only branch of a trade whose area has this one in it."""
    branches = TradeBranch.objects.filter(trade=trade, organisation__closed_on=None)
    return branch_for(list(branches.select_related("organisation__area")), trade, area)
