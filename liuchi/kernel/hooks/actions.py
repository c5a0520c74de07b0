"""Setting up receivers of events, and what a person decides about one that is stuck. Who may, the pages ask."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel import crypto
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.hooks import events, rules, wire
from liuchi.kernel.hooks.models import Hook
from liuchi.kernel.hooks.sending import next_of
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal.models import Position
from liuchi.kernel.records import actions as records

NAME_MAX = 60
# What may be done with a receiver, from which states, and what it is then.
TURNS = {
    "pause": (("on",), "paused"),
    "resume": (("paused",), "on"),
    "again": (("stuck", "on"), "on"),
    "skip": (("stuck",), "on"),
    "end": (("on", "paused", "stuck"), "ended"),
}


def set_up(ctx: Context, *, name: str, url: str, verbs: Collection[str]) -> tuple[Hook, str]:
    """A new receiver and the secret by which it knows our signature, told this once. It is sent what happens from now on.

    Raises Refused("name" | "url" | "verbs").
    """
    name, url = _name(name), _url(url)
    verbs = _verbs(verbs)
    secret = rules.new_secret()
    with transaction.atomic():
        record = records.create("hook")
        newest = Position.objects.order_by("-seal_id", "-place").values_list("seal_id", "place").first() or (0, -1)
        hook = Hook(
            record=record, name=name, url=url, verbs=verbs, seal=newest[0], place=newest[1], next_at=ctx.recorded_at
        )
        hook.secret = crypto.encrypt(secret, hook.bound_to)
        hook.save(force_insert=True)
        journal.write(ctx, record, "hook.set_up", {"verbs": verbs.split(), "host": urlsplit(url).hostname})
    return hook, secret


def change(ctx: Context, hook: Hook, *, name: str, url: str, verbs: Collection[str]) -> None:
    """Another name, address or choice of events. Raises Refused as set_up."""
    name, url, chosen = _name(name), _url(url), _verbs(verbs)
    with transaction.atomic():
        Hook.objects.filter(pk=hook.pk).update(name=name, url=url, verbs=chosen)
        journal.write(ctx, hook.record, "hook.changed", {"verbs": chosen.split(), "host": urlsplit(url).hostname})


def new_secret(ctx: Context, hook: Hook) -> str:
    """Another secret; the old one counts no more."""
    secret = rules.new_secret()
    with transaction.atomic():
        Hook.objects.filter(pk=hook.pk).update(secret=crypto.encrypt(secret, hook.bound_to))
        journal.write(ctx, hook.record, "hook.secret_changed")
    return secret


def turn(ctx: Context, hook: Hook, name: str) -> None:
    """``pause``, ``resume``, ``again`` (send now, and count anew), ``skip`` (what is stuck is left out), ``end``.

    Raises Refused (409) when somebody was faster.
    """
    sources, target = TURNS[name]
    with transaction.atomic():
        found = Hook.objects.select_for_update().select_related("record").get(pk=hook.pk)
        if found.state not in sources:
            raise Refused("changed", _("Someone else changed this in the meantime. Look at it again."), status=409)
        found.state = target
        facts: dict[str, int | str] = {"seal": found.seal, "place": found.place}
        if name in ("resume", "again", "skip"):
            found.tries, found.next_at = 0, ctx.recorded_at
        if name == "skip":
            if row := next_of(found):
                found.seal, found.place = row.position.seal_id, row.position.place
                facts |= {"event": events.id_of(row)}
        found.save(update_fields=["state", "tries", "next_at", "seal", "place"])
        journal.write(ctx, found.record, f"hook.{name}", facts)


def _name(said: str) -> str:
    name = " ".join(said.split())
    if not name or len(name) > NAME_MAX:
        raise Refused("name", _("Say in a few words who receives it."), field="name")
    return name


def _url(said: str) -> str:
    url = said.strip()
    fault = "host" if len(url) > 500 else rules.fault_of(url)
    if fault == "https":
        raise Refused(
            "url", _("The address has to begin with https://, so that nobody reads it on the way."), field="url"
        )
    if fault:
        raise Refused("url", _("This is no whole address. It looks like https://example.org/events"), field="url")
    host = urlsplit(url).hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return url
    if not wire.is_allowed(host):
        raise Refused(
            "url", _("This address lies inside a private network, which events are not sent to."), field="url"
        )
    return url


def _verbs(said: Collection[str]) -> str:
    known = [verb for verb in events.offered() if verb in said]
    if not known:
        raise Refused("verbs", _("Choose at least one event."), field="verbs")
    return " ".join(known)
