"""What is printed and hung up: the sign of one place, and the QR codes of many on a sheet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liuchi.kernel.access import needs
from liuchi.kernel.documents import pdf, qr
from liuchi.places import words
from liuchi.places.desk.points import seen
from liuchi.places.models import ServicePoint
from liuchi.places.queries import desk
from liuchi.places.queries.hours import hours_of
from liuchi.places.services import services
from liuchi.territory import queries as territory

SIZES = {"a4": "a4", "a5": "a5"}
MOST_ON_SIGN = 12

SIGN = """
#let data = json(bytes(sys.inputs.data))
#let tile = rgb("#2B3A42")
#let k = if data.size == "a5" { 0.7 } else { 1.0 }
#set page(paper: data.size, margin: 0pt, fill: rgb("#F7F6F2"))
#set text(font: "Noto Sans SC", fill: rgb("#1D272C"), size: 15pt * k, lang: "zh")
#block(fill: tile, width: 100%, inset: (x: 34pt * k, top: 40pt * k, bottom: 34pt * k))[
  #set text(fill: white)
  #text(size: 20pt * k, fill: rgb("#C3CDD2"))[#data.kind #if data.level > 0 [#h(8pt * k) #text(fill: rgb("#F0C674"))[#("★" * data.level)]]]
  #v(-2pt * k)
  #text(size: 44pt * k, weight: "bold")[#data.name]
  #if data.inside != "" [#v(-18pt * k) #text(size: 18pt * k, fill: rgb("#C3CDD2"))[#data.inside]]
]
#pad(x: 34pt * k, top: 18pt * k)[
  #text(size: 24pt * k, weight: "bold")[#data.welcome]
  #v(4pt * k)
  #grid(columns: (1fr, 1fr, 1fr), row-gutter: 12pt * k, column-gutter: 12pt * k,
    ..data.services.map(one => block(fill: white, stroke: 0.7pt + rgb("#E4E1D9"), radius: 8pt * k, inset: 12pt * k, width: 100%)[
      #align(center, text(size: 20pt * k, weight: "bold")[#one])]))
  #v(10pt * k)
  #for line in data.hours [#text(size: 16pt * k)[#line.at(0)#h(10pt * k)#text(weight: "bold")[#line.at(1)]] #linebreak()]
]
#place(bottom, block(width: 100%, inset: (x: 34pt * k, bottom: 36pt * k))[
  #grid(columns: (150pt * k, 1fr), column-gutter: 24pt * k, align: (left, horizon),
    block(fill: white, stroke: 0.7pt + rgb("#E4E1D9"), radius: 8pt * k, inset: 8pt * k, image(bytes(data.qr), format: "svg", width: 134pt * k)),
    [#text(size: 26pt * k, weight: "bold", fill: rgb("#BF3A26"))[#data.scan] #v(-4pt * k)
     #text(size: 16pt * k)[#data.promise] #v(0pt)
     #text(size: 13pt * k, fill: rgb("#566269"))[#data.foot]])
])
"""

SHEET = """
#let data = json(bytes(sys.inputs.data))
#set page(paper: "a4", margin: (x: 14mm, y: 12mm))
#set text(font: "Noto Sans SC", size: 11pt, lang: "zh")
#grid(columns: (1fr, 1fr), rows: 86mm, column-gutter: 8mm, row-gutter: 4mm,
  ..data.places.map(one => block(stroke: (thickness: 0.5pt, paint: rgb("#8B949A"), dash: "dashed"), radius: 4pt, width: 100%, height: 86mm, inset: 8pt)[
    #align(center)[
      #text(size: 15pt, weight: "bold")[#one.name]
      #v(-6pt)
      #text(size: 9pt, fill: rgb("#566269"))[#one.more]
      #v(-4pt)
      #image(bytes(one.qr), format: "svg", height: 58mm)
      #v(-8pt)
      #text(size: 11pt)[#data.scan]
    ]]))
"""


def sign_data(point: ServicePoint, address: str, size: str) -> dict[str, Any]:
    """What stands on the sign. address: of the QR's page, whole."""
    there = {offer.service for offer in point.offers.all()}
    root = territory.root()
    return {
        "size": SIZES.get(size, "a4"),
        "kind": str(point.get_kind_display()),
        "level": point.level,
        "name": point.name,
        "inside": point.inside,
        "welcome": _("Come in, all of you on the road"),
        "services": [service.name for code, service in services().items() if code in there][:MOST_ON_SIGN],
        "hours": words.week(hours_of(point)) if hours_of(point).known else [],
        "qr": qr.file(address),
        "scan": _("Scan: I am here"),
        "promise": _("Only a number is counted, never who you are."),
        "foot": " · ".join(part for part in (root.name if root else "", point.address) if part),
    }


@require_safe
@needs("places.see")
def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sign as PDF, A4 or A5 (?size=a5)."""
    point = seen(request, pk)
    data = sign_data(point, request.build_absolute_uri(f"/p/{point.code}"), request.GET.get("size", ""))
    return _pdf(pdf.render(SIGN, data), f"sign-{point.code}.pdf")


@require_safe
@needs("places.see")
def signs(request: HttpRequest) -> HttpResponse:
    """The QR codes of a page of the list, six on a sheet."""
    lines, _more = desk.lines(request.actor, desk.read(request.GET), timezone.now())
    scan = _("Scan: I am here")
    places = [
        {
            "name": line.shown.point.name,
            "more": " · ".join(
                part for part in (str(line.shown.point.get_kind_display()), line.shown.point.address) if part
            ),
            "qr": qr.file(request.build_absolute_uri(f"/p/{line.shown.point.code}")),
        }
        for line in lines
    ]
    return _pdf(pdf.render(SHEET, {"places": places, "scan": scan}), "signs.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
