"""What one can apply for, and applying."""

import hashlib
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from liuchi.admissions import actions, queries, rules, words
from liuchi.admissions.actions.acting import answers_of
from liuchi.admissions.actions.admitting import places_left
from liuchi.admissions.actions.applying import lessons_of
from liuchi.admissions.actions.inviting import filled_in, filled_of
from liuchi.admissions.actions.shops import NewShop
from liuchi.admissions.actions.standing import is_rider
from liuchi.admissions.forms import ApplyForm
from liuchi.admissions.mobile.known import begins_with, suited
from liuchi.admissions.models import Application, InvitationCode, Programme
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.media import actions as media
from liuchi.kernel.media import queries as shown
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.people.models import Business, Organisation
from liuchi.territory.models import Area


@require_safe
@needs("admissions.browse")
def home(request: HttpRequest) -> HttpResponse:
    """What I hold, how far my applications are, what I can apply for: what suits me first (at most 10 queries)."""
    person = request.actor.person_id
    held = list(queries.held_by(person)) if person else []
    mine = list(queries.mine(person)[:20]) if person else []
    of_oneself = [one for one in mine if one.version.definition.who in ("person", "rider")]
    taken = {one.programme_id for one in of_oneself if one.state != "refused"}
    taken |= {one.programme_id for one in held if one.business is None and one.organisation is None}
    open_ = [one for one in queries.programmes_open(person) if one.pk not in taken]
    fits, others = suited(request.actor, open_)
    context = {
        "held": [(one, words.holder(one)) for one in held],
        "mine": [(one, *words.state(one), words.stops(one)) for one in mine],
        "fits": _lines(fits),
        "others": _lines(others),
        "person": person,
    }
    return render(request, "admissions/mobile/home.html", context)


def _lines(programmes: list[Programme]) -> list[tuple[Programme, Any, str]]:
    """Each with whom it is for, and its term."""
    return [
        (one, words.WHO[one.version.definition.who], words.months(one.version.definition))
        for one in programmes
        if one.version
    ]


@require_safe
@needs("admissions.browse")
def programme(request: HttpRequest, key: str) -> HttpResponse:
    """What it is, what it gives, what it asks; voluntary."""
    one = _programme(request, key)
    assert one.version
    said, person = one.version.definition, request.actor.person_id
    open_ = queries.mine(person).filter(programme=one).first() if person else None
    mine = {held.title: held for held in queries.held_by(person).filter(programme=one)} if person else {}
    # a shop's keeper may hold it for one shop and apply for another
    all_held = said.who in ("person", "rider") and bool(mine) and set(said.titles) <= set(mine)
    stranger = said.who == "rider" and person is not None and not is_rider(request.user.person, timezone.localdate())
    context = {
        "mine": mine.values(),
        "stranger": stranger,
        "programme": one,
        "said": said,
        "who": words.WHO[said.who],
        "term": words.months(said),
        "lessons": lessons_of(said, person),
        "checks": [(words.role(check.role), check.look, check.days) for check in said.checks],
        "open": open_,
        "may_apply": one.state == Programme.State.OPEN
        and not stranger
        and not all_held
        and (open_ is None or open_.state in ("draft", "returned", "refused")),
        # a keeper goes on to the next shop while the first is being looked at
        "another": said.who == "business" and one.state == Programme.State.OPEN,
        "full": places_left(one) == 0,
    }
    return render(request, "admissions/mobile/programme.html", context)


@never_cache
@needs("admissions.apply")
def apply(request: HttpRequest, key: str) -> HttpResponse:
    """One form: saved as a draft or sent; a returned application is corrected in it, its fields marked."""
    one = _programme(request, key)
    person = request.user.person
    mine = list(queries.mine(person.pk).filter(programme=one).exclude(state="refused")[:20])
    now = next((app for app in mine if app.state in ("draft", "returned")), None)
    version = now.version if now and now.state == "returned" else one.version
    assert version
    said = version.definition
    # a keeper may apply for another shop while the first is being looked at
    if mine and now is None and not (said.who == "business" and one.state == Programme.State.OPEN):
        return redirect("admissions:application", mine[0].pk)
    areas = queries.areas_for(one)
    before = None if now else filled_in(one.pk, person.pk)
    filled = filled_of(before) if before else {"answers": {}, "shop": {}}
    answers = answers_of(now) if now else filled["answers"]
    if request.method == "POST":
        with refusal_told(request):
            answers = answers | _photos(request, said)
    form = ApplyForm(
        request.POST or None,
        request.FILES or None,
        said=said,
        areas=areas,
        shops=list(queries.shops_of(person.pk)) if said.who == "business" and not now else (),
        units=list(queries.units_of(request.actor)) if said.who == "organisation" else (),
        answers=answers,
        marks=now.marks if now else {},
        centre=(one.area.lon, one.area.lat) if one.area.lon is not None and one.area.lat is not None else None,
        fixed=bool(now and (now.business_id or now.organisation_id)),
        initial=_written(now) if now else _before(before, filled),
    )
    if now is None and request.method != "POST":
        form.begin_with(begins_with(person, said, areas))
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(lambda: _saved(request, one, form, now, areas))
        if done and request.POST.get("do") == "send":
            if form.carry_out(lambda: actions.send(of_request(request, "phone"), done.pk)):
                return redirect("admissions:application", done.pk)
        elif done:
            messages.success(request, _("Saved. You can go on at any time."))
            return redirect("admissions:apply", one.key)
    context = {
        "programme": one,
        "said": said,
        "form": form,
        "application": now,
        "filled": before,
        "photos": _kept_photos(form, now),
        "lessons": lessons_of(said, person.pk),
        "no_unit": said.who == "organisation"
        and "organisation" in form.fields
        and not form.fields["organisation"].choices,
    }
    return render(request, "admissions/mobile/apply.html", context)


def _written(now: Application) -> dict[str, str]:
    """What was written in an application outside of its questions."""
    written = {"title": now.title, "area": str(now.area_id)}
    if now.shop_name:
        shop = {"shop_name": now.shop_name, "shop_trade": now.shop["trade"], "shop_address": now.shop["address"]}
        written |= shop | {"shop_area": str(now.shop["area"])}
    return written


def _before(code: InvitationCode | None, filled: dict[str, Any]) -> dict[str, str]:
    """What the desk filled in beforehand, outside of the questions."""
    if code is None:
        return {}
    return {"title": code.title, "area": str(code.area_id), "shop_area": str(code.area_id), **filled["shop"]}


def _saved(
    request: HttpRequest, one: Programme, form: ApplyForm, now: Application | None, areas: list[Area]
) -> Application:
    ctx, person, given = of_request(request, "phone"), request.user.person, form.cleaned_data
    by_pk = {str(area.pk): area for area in areas}
    business, organisation = (now.business, now.organisation) if now else (None, None)
    shop = None
    if form.said.who == "business" and business is None:
        business = _registered(request, form)
        shop = None if business else _new_shop(form, by_pk, one)
    elif form.said.who == "organisation" and organisation is None:
        organisation = Organisation.objects.filter(pk=given.get("organisation")).select_related("area").first()
    return actions.save(
        ctx,
        one.pk,
        person,
        form.answers,
        area=by_pk.get(given.get("area", "")),
        business=business,
        organisation=organisation,
        shop=shop,
        goes_on=now.pk if now else None,
        title=given.get("title", ""),
    )


def _registered(request: HttpRequest, form: ApplyForm) -> Business | None:
    chosen = form.cleaned_data.get("business")
    return queries.shops_of(request.actor.person_id).get(pk=chosen) if chosen else None


def _new_shop(form: ApplyForm, areas: dict[str, Area], one: Programme) -> NewShop:
    """A shop that the register does not know: it is entered there when the application is approved."""
    given = form.cleaned_data
    area = areas.get(given.get("shop_area", "")) if areas else one.area
    if area is None:
        raise Refused("shop", _("Please choose the community in which the shop lies."), field="shop_area")
    return NewShop(given.get("shop_name", ""), area, given.get("shop_trade") or "other", given.get("shop_address", ""))


def _photos(request: HttpRequest, said: rules.Definition) -> dict[str, list[str]]:
    """The pictures of each field: those kept, and those that came now. The same picture twice is one."""
    ctx, out = of_request(request, "phone"), {}
    for one in said.fields:
        if one.kind != "photo":
            continue
        keys = [key for key in request.POST.getlist(f"kept_{one.key}") if key]
        for file in request.FILES.getlist(f"q_{one.key}")[: rules.PHOTOS]:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            key = uuid5(NAMESPACE_URL, f"{ctx.person}:{one.key}:{digest}:{request.POST.get('form', '')}")
            keys.append(str(media.receive(ctx, key, "photo", file, file.size).key))
        out[one.key] = list(dict.fromkeys(keys))
    return out


def _kept_photos(form: ApplyForm, now: Application | None) -> dict[str, list[dict[str, Any]]]:
    there = {str(one.key): one for one in shown.of_record(now.pk)} if now else {}
    return {
        field.key: [
            {"key": key, "thumb": shown.url(there[key], "thumb") if key in there and there[key].thumb else ""}
            for key in form.answers.get(field.key) or []
        ]
        for field in form.said.fields
        if field.kind == "photo"
    }


def _programme(request: HttpRequest, key: str) -> Programme:
    """A programme that is or was open; one by invitation is there for who is invited."""
    one = get_object_or_404(Programme.objects.select_related("version", "area", "unit"), key=key, version__isnull=False)
    person = request.actor.person_id
    if one.version and one.version.definition.invited:
        if person is None or not one.invitations.filter(person=person).exists():
            raise Http404
    return one
