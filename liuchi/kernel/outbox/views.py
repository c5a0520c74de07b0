"""The outbox's three addresses. They have a token of their own, because a stale form token would kill a queued report."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from liuchi.kernel import sql
from liuchi.kernel.context import Context, of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.network import network_of
from liuchi.kernel.outbox import actions as outbox
from liuchi.kernel.outbox import tokens

# One report with many words and a dozen photos named stays far below this.
LARGEST_BODY = 64 * 1024
MOST_MEDIA = 12
DEEPEST = 20


@require_POST
def new_token(request: HttpRequest) -> JsonResponse:
    """A token for this phone; same-site pages only (the form token guards it). ``?nobody=1``: for what was written by somebody
    who was not signed in, and must not go out in the name of who is by now."""
    ctx = of_request(request, "phone")
    if "nobody" in request.GET:
        ctx = replace(ctx, person=None, post=None)
    secret = tokens.issue(ctx, network_of(request.META.get("REMOTE_ADDR", "")))
    return JsonResponse({"token": secret, "person": str(ctx.person) if ctx.person else None}, status=201)


@csrf_exempt
@require_POST
def deliver(request: HttpRequest) -> JsonResponse:
    """One write of the phone: 201 done, 200 was done before, 4xx with a sentence."""
    with sql.in_turn():
        return _delivered(request)


def _delivered(request: HttpRequest) -> JsonResponse:
    try:
        said = read_json(request)
        key = as_uuid(said.get("key"), "key")
    except Refused:
        sender(request)  # whoever has no token is told that first
        raise
    ctx, phone = sender(request)
    body = said.get("body")
    if not isinstance(body, dict) or not isinstance(said.get("verb"), str):
        raise Refused("form", _("This could not be read. Open the page again; what you wrote is kept."), field="body")
    media = [] if said.get("media") is None else said["media"]
    if not isinstance(media, list) or len(media) > MOST_MEDIA:
        raise Refused("media", _("At most %(most)s photos go with one report.") % {"most": MOST_MEDIA}, field="photo")
    ctx = ctx.happened(outbox.happened_at(said.get("at"), ctx.recorded_at))
    keys = [as_uuid(one, "media") for one in media]
    answer = outbox.deliver(ctx, phone.device, key, said["verb"], body, keys, phone)
    return JsonResponse({"result": answer.result}, status=200 if answer.again else 201)


def sender(request: HttpRequest) -> tuple[Context, tokens.Phone]:
    """Who delivers: the person of the token, whatever the cookie says by now; so the session is not even read. Whether the
    token still holds is for the caller to ask."""
    now = timezone.now()
    scheme, _space, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    phone = tokens.phone_of(secret if scheme == "Outbox" else "")
    language = translation.get_language() or "zh-hans"
    return Context(at=now, recorded_at=now, person=phone.person_id, channel="phone", language=language), phone


def read_json(request: HttpRequest) -> dict[str, Any]:
    """The body as a JSON object. Raises Refused for what is too long, not UTF-8 or not JSON."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise Refused(
            "too_large", _("That is too long. Say it in fewer words; photos go separately."), field="text", status=413
        )
    try:
        said = json.loads(request.body.decode())
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Refused("form", _("This could not be read. Open the page again; what you wrote is kept."), status=400)
    if not isinstance(said, dict) or _deeper(said, DEEPEST):
        raise Refused("form", _("This could not be read. Open the page again; what you wrote is kept."), status=400)
    return said


def _deeper(value: Any, levels: int) -> bool:
    """Whether lists and objects lie in each other more than so many times; what digests them has an end to its stack."""
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_deeper(one, levels - 1) for one in inner)


def as_uuid(said: Any, field: str) -> UUID:
    """A client's key. Raises Refused if it is none."""
    try:
        return UUID(str(said))
    except ValueError:
        raise Refused("form", _("This could not be read. Open the page again; what you wrote is kept."), field=field)
