"""Two addresses: what the phone uploads, and what a page shows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from math import ceil
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.media import actions, files, queries, rules
from liuchi.kernel.media.models import Media
from liuchi.kernel.media.rules import MAX_BYTES
from liuchi.kernel.network import network_of
from liuchi.kernel.outbox import tokens
from liuchi.kernel.outbox.slowing import slow_down
from liuchi.kernel.outbox.views import as_uuid, sender

_UPLOADS_PER_MINUTE = 150
_PART = 64 * 1024


@csrf_exempt
@require_POST
def upload(request: HttpRequest) -> JsonResponse:
    """The raw body is the file: ``POST /outbox/media?key=<uuid>&kind=photo`` -> 201 ``{"key"}``."""
    ctx, phone = sender(request)
    tokens.refuse_ended(phone, ctx.recorded_at)
    key = as_uuid(request.GET.get("key"), "key")
    slow_down(f"media {phone.device}", _UPLOADS_PER_MINUTE, ctx.recorded_at)
    announced = request.headers.get("Content-Length", "")
    length = int(announced) if announced.isascii() and announced.isdigit() else None
    network = tokens.digest_of(network_of(request.META.get("REMOTE_ADDR", "")))
    megabytes = ceil(min(length or 0, MAX_BYTES) / 1e6)
    slow_down(f"bytes {network}", settings.MEGABYTES_PER_MINUTE, ctx.recorded_at, weight=megabytes)
    actions.receive(ctx, key, request.GET.get("kind", "photo"), request, length)
    return JsonResponse({"key": str(key)}, status=201)


@require_safe
def show(request: HttpRequest, media_id: UUID, variant: str) -> HttpResponseBase:
    """``shown`` or ``thumb`` of one file, to those a guard lets see it or who carry a pass for it; ``clear`` to fewer."""
    media = Media.objects.select_related("record").filter(pk=media_id).first()
    if media is None or variant not in ("shown", "thumb", "clear"):
        raise Http404
    if variant == "clear":
        return _clear(request, media)
    if not queries.pass_opens(request.GET.get("pass", ""), media_id) and not queries.may_see(request.actor, media):  # type: ignore[attr-defined]
        raise Http404  # as if it did not exist
    name = media.shown if variant == "shown" else media.thumb
    if media.state == Media.State.BROKEN:
        raise Refused("broken", actions.problem_words(media.problem), status=410)
    if not name:
        raise Refused(
            "not_ready", _("This is still being prepared. Look again in a moment."), status=404, retry_after=2
        )
    try:
        file = files.open_file(name)
    except FileNotFoundError:
        raise Refused("lost", actions.problem_words("lost"), status=410)
    kind = "image/jpeg" if media.kind == "photo" else media.type
    return _with_headers(_answer(request, file, kind))


def _clear(request: HttpRequest, media: Media) -> HttpResponseBase:
    """A photo without its covers: the look is written down before it is shown, and no browser keeps it. To whoever took it
    it is shown before it was searched, too, as they sent it."""
    look = queries.clear_look(request.actor, media)  # type: ignore[attr-defined]
    name, kind = media.clear or media.shown, "image/jpeg"
    if media.covers is None:
        name, kind = (media.original, media.type) if look is queries.own_look else ("", "")
    if look is None or not name:
        raise Http404
    look(of_request(request, "web"))
    try:
        response = _with_headers(_answer(request, files.open_file(name), kind))
    except FileNotFoundError:
        raise Refused("lost", actions.problem_words("lost"), status=410)
    response["Cache-Control"] = "no-store"
    return response


def _answer(request: HttpRequest, file: io.BufferedReader, kind: str) -> HttpResponseBase:
    size = file.seek(0, io.SEEK_END)
    first, last, status = 0, size - 1, 200
    # Safari plays sound and video only from a server that gives parts.
    if "Range" in request.headers:
        part = rules.byte_range(request.headers["Range"], size)
        if part is None:
            file.close()
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        (first, last), status = part, 206
    file.seek(first)
    response = StreamingHttpResponse(_parts(file, last - first + 1), status=status, content_type=kind)
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    if status == 206:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _parts(file: io.BufferedReader, length: int) -> Iterator[bytes]:
    with file:
        while length and (part := file.read(min(_PART, length))):
            length -= len(part)
            yield part


def _with_headers(response: HttpResponseBase) -> HttpResponseBase:
    # The content under an address never changes; private, because the next person at this computer may be another.
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response
