"""What is printed and hung up: the sign of one place, and the QR codes of many on a sheet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liuchi.kernel.access import needs
from liuchi.kernel.documents import icons, pdf, qr
from liuchi.places import words
from liuchi.places.desk.points import seen
from liuchi.places.models import ServicePoint
from liuchi.places.queries import desk
from liuchi.places.queries.hours import hours_of
from liuchi.places.services import services
from liuchi.territory import queries as territory

SIZES = {"a4": "a4", "a5": "a5"}
MOST_ON_SIGN = 12
FEW_LINES = 3  # of hours; with more there is room for eight services

SIGN = """
#let data = json(bytes(sys.inputs.data))
#let tile = rgb("#2B3A42")
#let faint = rgb("#C3CDD2")
#let k = if data.size == "a5" { 0.7 } else { 1.0 }
#set page(paper: data.size, margin: 0pt, fill: rgb("#F7F6F2"))
#set text(font: "Noto Sans SC", fill: rgb("#1D272C"), size: 15pt * k, lang: "zh")
#set par(leading: 0.55em, spacing: 0.8em)
#let many = data.services.len()
#let crowded = data.hours.len() > 3
#let code-size = if crowded { 164pt } else if many > 9 { 190pt } else if many > 6 { 220pt } else { 240pt }
#let hour-size = (if crowded { 13pt } else { 16pt }) * k
#let name-size = if data.name.clusters().len() > 11 { 36pt } else { 48pt }
#grid(rows: (auto, 1fr, auto), columns: 100%,
  block(fill: tile, width: 100%, inset: (x: 36pt * k, top: 34pt * k, bottom: 28pt * k))[
    #set text(fill: white)
    #grid(columns: (1fr, auto), align: (left + horizon, right + horizon),
      text(size: 20pt * k, fill: faint)[#data.kind],
      if data.level > 0 [#text(size: 17pt * k, fill: rgb("#F0C674"))[#("★" * data.level)#h(8pt * k)#data.level_words]])
    #v(4pt * k)
    #text(size: name-size * k, weight: "bold")[#data.name]
    #if data.where != "" [#v(2pt * k) #text(size: 17pt * k, fill: faint)[#data.where]]
  ],
  block(width: 100%, height: 100%, inset: (x: 36pt * k, top: 24pt * k, bottom: 18pt * k))[
    #grid(columns: (1fr, auto), column-gutter: 24pt * k, align: (left + horizon, right + horizon),
      [#text(size: 30pt * k, weight: "bold")[#data.welcome]
       #v(10pt * k)
       #text(size: 25pt * k, weight: "bold", fill: rgb("#BF3A26"))[#data.scan]
       #v(2pt * k)
       #for line in data.scan_for [#text(size: 15.5pt * k)[#line] #linebreak()]
       #v(2pt * k)
       #text(size: 13.5pt * k, fill: rgb("#566269"))[#data.promise]],
      block(fill: white, stroke: 0.7pt + rgb("#E4E1D9"), radius: 10pt * k, inset: 8pt * k, image(bytes(data.qr), format: "svg", width: code-size * k)))
    #v(1fr)
    #let across = if many > 9 or (crowded and many > 6) { 4 } else if many > 4 { 3 } else { calc.max(many, 1) }
    #let tall = if crowded { 74pt } else if many > 9 { 80pt } else if many > 6 { 96pt } else { 132pt }
    #grid(columns: (1fr,) * across, row-gutter: 10pt * k, column-gutter: 10pt * k,
      ..data.services.map(one => block(fill: white, stroke: 0.7pt + rgb("#E4E1D9"), radius: 8pt * k, width: 100%, height: tall * k, inset: 6pt * k)[
        #set align(center + horizon)
        #if one.icon != "" [#image(bytes(one.icon), format: "svg", height: tall * k * 0.4) #v(-2pt * k)]
        #text(size: (if one.name.clusters().len() > 5 { 14pt } else { 18pt }) * k, weight: "bold")[#one.name]]))
    #v(1fr)
  ],
  block(fill: white, width: 100%, stroke: (top: 0.7pt + rgb("#E4E1D9")), inset: (x: 36pt * k, y: 22pt * k))[
    #grid(columns: (1fr, auto), column-gutter: 24pt * k, align: (left + horizon, right + horizon),
      if data.hours.len() > 0 {
        grid(columns: (auto, auto), column-gutter: 14pt * k, row-gutter: hour-size * 0.45,
          ..data.hours.map(line => (text(size: hour-size)[#line.at(0)], text(size: hour-size * 1.18, weight: "bold")[#line.at(1)])).flatten())
      } else { text(size: 16pt * k)[#data.foot] },
      [#set align(right)
       #if data.phone != "" [#text(size: 13pt * k, fill: rgb("#566269"))[#data.phone_words] #linebreak() #text(size: 22pt * k, weight: "bold")[#data.phone] #linebreak()]
       #if data.hours.len() > 0 [#text(size: 12pt * k, fill: rgb("#566269"))[#data.foot]]])
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
    hours = words.week(hours_of(point)) if hours_of(point).known else []
    return {
        "size": SIZES.get(size, "a4"),
        "kind": str(point.get_kind_display()),
        "level": point.level,
        "level_words": words.level(point),
        "name": point.name,
        "where": " · ".join(part for part in (point.inside, point.address) if part),
        "welcome": _("Come in, all of you on the road"),
        "services": [
            {"name": service.name, "icon": icons.file(service.icon)}
            for code, service in services().items()
            if code in there
        ][: MOST_ON_SIGN if len(hours) <= FEW_LINES else 8],
        "hours": hours,
        "qr": qr.file(address),
        "scan": _("Scan: I am here"),
        "scan_for": [_("See what is on"), _("Say what is broken or missing")],
        "promise": _("Only a number is counted, never who you are."),
        "phone": point.phone,
        "phone_words": point.unit.name if point.unit else _("Phone"),
        "foot": root.name if root else "",
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
