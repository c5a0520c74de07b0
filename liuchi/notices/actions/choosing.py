"""How somebody wants to be told: channels and their order, quiet hours, one message a day; browsers that take a push."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel import crypto
from liuchi.kernel.context import Context
from liuchi.kernel.delivery.push import is_endpoint
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.notices import rules
from liuchi.notices.models import Browser, Choice, Proof, Waiting
from liuchi.people.actions.living import living

BROWSERS_MOST = 5


def choose(
    ctx: Context,
    *,
    order: Sequence[str],
    every: bool,
    quiet_from: time | None,
    quiet_until: time | None,
    urgent_passes: bool,
    digest_at: time | None,
) -> Choice:
    """Keeps how the acting person wants to be told. What waits already goes out as it was to. Raises Refused("quiet" | "digest")."""
    order = [channel for channel in dict.fromkeys(order) if channel in rules.CHANNELS]
    if (quiet_from is None) != (quiet_until is None):
        raise Refused("quiet", _("Please give both: from when and until when it should be quiet."), field="quiet_from")
    if quiet_from is not None and quiet_from == quiet_until:
        raise Refused(
            "quiet", _("From and until are the same. To have no quiet hours, leave both empty."), field="quiet_until"
        )
    if digest_at is not None and rules.is_quiet(digest_at, quiet_from, quiet_until):
        raise Refused(
            "digest", _("The day's message would come in your quiet hours. Choose another hour."), field="digest_at"
        )
    with transaction.atomic():
        person = living(_acting(ctx))
        choice, _new = Choice.objects.update_or_create(
            person=person,
            defaults={
                "order": order, "every": every, "quiet_from": quiet_from, "quiet_until": quiet_until,
                "urgent_passes": urgent_passes, "digest_at": digest_at, "changed_at": ctx.at,
            },
        )  # fmt: skip
        journal.write(ctx, person.record, "notices.chosen", {"order": order, "every": every}, about=person.pk)
    return choice


def also_by(ctx: Context, channel: str) -> None:
    """Adds a channel to what somebody chose: they just did what it takes to be reached by it."""
    with transaction.atomic():
        person = living(_acting(ctx))
        choice = Choice.objects.select_for_update().filter(person=person).first()
        wish = choice.wish if choice else rules.Wish()
        if choice is None:
            choice = Choice(person=person, quiet_from=wish.quiet_from, quiet_until=wish.quiet_until)
        choice.order = list(dict.fromkeys([*wish.order, channel]))
        choice.changed_at = ctx.at
        choice.save()


def add_browser(ctx: Context, endpoint: str, p256dh: str, auth: str) -> None:
    """This browser takes pushes for who is signed in, and for nobody else any more. Raises Refused("endpoint")."""
    if not is_endpoint(endpoint, p256dh, auth):
        raise Refused("endpoint", _("This browser's push service is not known here. Choose another way to be told."))
    index = crypto.blind_index("browser", endpoint)
    with transaction.atomic():
        person = living(_acting(ctx))
        kept = json.dumps({"endpoint": endpoint, "p256dh": p256dh, "auth": auth}, sort_keys=True)
        Browser.objects.update_or_create(
            endpoint_index=index,
            defaults={
                "person": person, "cipher": crypto.encrypt(kept, f"browser:{index.hex()}"), "made_at": ctx.at,
            },
        )  # fmt: skip
        mine = Browser.objects.filter(person=person).order_by("-made_at", "-pk").values_list("pk", flat=True)
        Browser.objects.filter(pk__in=list(mine[BROWSERS_MOST:])).delete()
        also_by(ctx, "push")


def drop_browser(ctx: Context, endpoint: str) -> None:
    """This browser takes no more pushes for the acting person."""
    Browser.objects.filter(endpoint_index=crypto.blind_index("browser", endpoint), person=_acting(ctx)).delete()


def erase(_ctx: Context, person_id: UUID) -> None:
    """What somebody chose goes, with all that waits for them."""
    for kept in (Choice, Waiting, Browser, Proof):
        kept.objects.filter(person=person_id).delete()  # type: ignore[attr-defined]


def _acting(ctx: Context) -> UUID:
    if ctx.person is None:
        raise Refused("sign_in", _("Please sign in first."), status=401)
    return ctx.person
