"""The page on which somebody says how they want to be told, and its steps."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.delivery import channels, push
from liuchi.kernel.errors import Refused
from liuchi.notices import actions, queries, rules
from liuchi.notices.forms import NOW, ChoiceForm, CodeForm, MailAddressForm
from liuchi.notices.models import Browser, Choice, Proof
from liuchi.people.actions.persons import phone_of
from liuchi.people.models import Person
from liuchi.people.rules import masked_phone

NAMES = {
    "push": gettext_lazy("On this device"),
    "sms": gettext_lazy("Text message"),
    "mail": pgettext_lazy("channel", "E-mail"),
}


@never_cache
@needs("me.data")
def choice(request: HttpRequest) -> HttpResponse:
    """By which ways, in which order, when not, and how often."""
    person = request.user.person
    kept = Choice.objects.filter(person=person).first()
    wish = kept.wish if kept else rules.Wish()
    order = list(wish.order)
    initial: dict[str, Any] = {"every": wish.every, "urgent_passes": wish.urgent_passes}
    for name, moment in (("quiet_from", wish.quiet_from), ("quiet_until", wish.quiet_until)):
        initial[name] = f"{moment:%H:%M}" if moment else ""
    initial["digest_at"] = str(wish.digest_at.hour) if wish.digest_at else NOW
    form = ChoiceForm(request.POST or None, initial=initial)
    if not request.actor.is_staff:
        del form.fields["urgent_passes"]  # nobody else is told anything urgent
    if request.method == "POST":
        order = _asked_order(request)
        if form.is_valid():
            told = {"urgent_passes": wish.urgent_passes} | form.cleaned_data
            if form.carry_out(lambda: actions.choose(of_request(request, "phone"), order=order, **told)):
                messages.success(request, _("Saved."))
                return redirect("my_notices")
    ways = _ways(person, kept, order)
    context = {
        "form": form,
        "ways": ways,
        "several": len([way for way in ways if way["on"]]) > 1,
        "push_key": push.public_key(),
    }
    return render(request, "notices/choice.html", context)


def _asked_order(request: HttpRequest) -> list[str]:
    """The ways that are ticked, in the order of the page; the one that is to come first before them."""
    listed = [way for way in request.POST.get("order", "").split(",") if way in rules.CHANNELS]
    ticked = [way for way in dict.fromkeys([*listed, *rules.CHANNELS]) if way in request.POST.getlist("way")]
    first = request.POST.get("first")
    return [first, *(way for way in ticked if way != first)] if first in ticked else ticked


def _ways(person: Person, kept: Choice | None, order: list[str]) -> list[dict[str, Any]]:
    """Each way as the page shows it: those chosen in their order, then the others."""
    mail = queries.mail_addresses([person.pk]).get(person.pk, "")
    proven = queries.phone_is_proven(person, kept)
    phone = masked_phone(phone_of(person)) if person.phone_cipher else ""
    told = {
        "push": (Browser.objects.filter(person=person).exists(), "", True),
        "sms": (bool(phone and proven), phone, channels.is_on("sms")),
        "mail": (bool(mail), mail, channels.is_on("mail")),
    }
    shown = []
    for name in dict.fromkeys([*order, *rules.CHANNELS]):
        ready, address, is_on = told[name]
        if is_on:
            shown.append(
                {"name": name, "label": NAMES[name], "ready": ready, "address": address, "on": ready and name in order}
            )
    return shown


@never_cache
@needs("me.data")
def proof(request: HttpRequest, channel: str) -> HttpResponse:
    """A code to the address, and back: for mail the address is asked for, for text messages it is the number that is kept."""
    person, ctx = request.user.person, of_request(request, "phone")
    if not channels.is_on(channel):
        return redirect("my_notices")
    asked = "again" not in request.GET and Proof.objects.filter(person=person, channel=channel).exists()
    sent = request.POST if request.method == "POST" else None  # who asks for a code by text message sends no field
    form: MailAddressForm | CodeForm = CodeForm(sent) if asked else MailAddressForm(sent)
    if not asked and channel == "sms":
        del form.fields["address"]
    if request.method == "POST" and form.is_valid():
        if asked:
            if form.carry_out(lambda: actions.prove(ctx, channel, form.cleaned_data["code"])):
                messages.success(request, _("Done. From now on this is a way to reach you."))
                return redirect("my_notices")
        else:
            address = form.cleaned_data.get("address", "")
            if form.carry_out(lambda: actions.send_code(ctx, channel, address)):
                return redirect("my_proof", channel=channel)
    context = {
        "form": form, "asked": asked, "channel": channel,
        "phone": masked_phone(phone_of(person)) if person.phone_cipher else "",
    }  # fmt: skip
    return render(request, "notices/proof.html", context)


@require_POST
@needs("me.data")
def browser(request: HttpRequest) -> HttpResponse:
    """This browser takes pushes from now on, or none any more: ``{endpoint, p256dh, auth}``, or ``{endpoint, off}``."""
    try:
        said = json.loads(request.body)
        endpoint, keys = str(said["endpoint"]), [str(said.get(name, "")) for name in ("p256dh", "auth")]
    except (ValueError, KeyError, TypeError, AttributeError):
        return HttpResponse(status=422)
    if not endpoint.isascii():
        return HttpResponse(status=422)
    ctx = of_request(request, "phone")
    try:
        if said.get("off"):
            actions.drop_browser(ctx, endpoint)
        else:
            actions.add_browser(ctx, endpoint, *keys)
    except Refused as refused:
        return JsonResponse(refused.as_dict(), status=refused.status)
    return HttpResponse(status=204)
