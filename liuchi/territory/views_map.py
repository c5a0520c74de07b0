"""The base map and its look, served by the house itself."""

from __future__ import annotations

import re

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liuchi.territory import queries
from liuchi.territory.basemap import store
from liuchi.territory.basemap.style import make_style

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})$")
# Of one answer, in bytes: a part may be shorter than was asked for (RFC 9110, 15.3.7), and a map is larger than the memory.
LARGEST_PART = 16 * 1024 * 1024
YEAR = 365 * 24 * 3600


@require_safe
def base_map(request: HttpRequest) -> HttpResponseBase:
    """The PMTiles file, whole or a range of it (206). With the hash in ?v= it is kept for a year, without it is asked again."""
    about = store.about()
    if about is None:
        return JsonResponse({"error": "no_map", "message": _("There is no map here yet.")}, status=404)
    path = store.folder() / "base.pmtiles"
    size = path.stat().st_size
    etag = f'"{about["hash"]}"'
    versioned = request.GET.get("v") == about["hash"]
    headers = {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        # no-transform: compressed on its way, the offsets would be wrong; the tiles are compressed already.
        "Cache-Control": f"public, max-age={YEAR}, immutable, no-transform"
        if versioned
        else "public, no-cache, no-transform",
    }
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    asked = _RANGE.match(request.headers.get("Range", ""))
    changed = request.headers.get("If-Range", etag) != etag
    if not asked or changed or not any(asked.groups()):
        return FileResponse(path.open("rb"), content_type="application/vnd.pmtiles", headers=headers)
    start, end = _bounds(asked[1], asked[2], size)
    if start >= size or start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    end = min(end, start + LARGEST_PART - 1)
    with path.open("rb") as file:
        file.seek(start)
        body = file.read(end - start + 1)
    headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return HttpResponse(body, status=206, content_type="application/vnd.pmtiles", headers=headers)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """First and last byte asked for, both included: `bytes=0-99`, `bytes=100-`, `bytes=-100`."""
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


@require_safe
def map_style(request: HttpRequest) -> HttpResponse:
    """The look of the map in the person's language."""
    about = store.about()
    english = (get_language() or "").startswith("en")
    home = queries.root()
    answer = JsonResponse(make_style(about, english, _("A made-up place"), home.code if home else ""))
    answer["Cache-Control"] = "no-cache"
    patch_vary_headers(answer, ["Cookie", "Accept-Language"])
    return answer
