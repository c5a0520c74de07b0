"""Several at once: a list pasted or from Excel, looked through, then appointed in one go or invited."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from liuchi.admissions import actions, queries, rules
from liuchi.admissions.actions.admitting import places_left
from liuchi.admissions.actions.appointing import known_person
from liuchi.admissions.desk.holders import MADE
from liuchi.admissions.forms import ListForm
from liuchi.admissions.models import Admission, Programme
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.people.models import Business, Person
from liuchi.people.phones import normal_phone
from liuchi.people.sheets.reading import LARGEST, as_text, first_sheet
from liuchi.territory.models import Area

# By one of these the row of heads is known in an office's own list.
HEADS = frozenset({"姓名", "名字", "名称", "店名", "name"})


@dataclass(slots=True)
class Seen:
    """One line as it would be carried out; fault: why it can't be."""

    number: int
    name: str
    phone: str
    title: str
    person: Person | None = None
    business: Business | None = None
    fault: str = ""


@never_cache
@needs("admissions.appoint")
def appoint(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list is looked through first; nothing is written before all of it can be."""
    programme = get_object_or_404(queries.programmes_for(request.actor), pk=pk)
    assert programme.version
    said = programme.version.definition
    areas = areas_of(request, programme)
    if not areas:
        raise Http404
    data = request.POST.copy() if request.method == "POST" else None
    form = ListForm(
        data, request.FILES or None, titles=said.titles, areas=areas,
        initial={"title": said.titles[0] if said.titles else "", "begins": timezone.localdate()},
    )  # fmt: skip
    seen: list[Seen] = []
    if data is not None and request.FILES.get("file"):
        try:
            data["lines"] = "\n".join(
                [data.get("lines", ""), *from_workbook(request.FILES["file"].read(LARGEST + 1))]
            ).strip()
        except Refused as refused:
            form.add_error("file", refused.sentence)
    if data is not None and form.is_valid():
        area = next(one for one in areas if str(one.pk) == form.cleaned_data["area"])
        seen = look_through(form.cleaned_data["lines"], form.cleaned_data["title"], programme, area)
        bad = sum(bool(one.fault) for one in seen)
        if request.POST.get("do") in ("appoint", "invite") and seen and not bad:
            done = form.carry_out(lambda: _carried_out(request, programme, seen, area, form.cleaned_data))
            if done is not None:
                return redirect(f"/desk/admissions/holders?programme={programme.pk}")
    context = {
        "programme": programme,
        "form": form,
        "seen": seen,
        "bad": sum(bool(one.fault) for one in seen),
        "new": sum(one.person is None and one.business is None and not one.fault for one in seen),
        "free": places_left(programme),
        "business": said.who == "business",
        "letter": said.letter_heading,
    }
    return render(request, "admissions/desk/appoint.html", context)


def _carried_out(
    request: HttpRequest, programme: Programme, seen: list[Seen], area: Area, given: dict[str, Any]
) -> list[Admission] | int:
    ctx = of_request(request, "desk")
    if request.POST.get("do") == "invite":
        unknown = [one.name for one in seen if one.person is None]
        if unknown:
            sentence = _("Not known here yet, so they get no notice: %(names)s. Invite them by a link.")
            raise Refused("unknown", sentence % {"names": "、".join(unknown[:8])}, field="lines")
        count = actions.invite(ctx, programme.pk, [one.person for one in seen if one.person], area)
        messages.success(request, ngettext("%(n)s person invited.", "%(n)s people invited.", count) % {"n": count})
        return count
    lines = [
        actions.Line(
            name=one.name, phone=one.phone, title=one.title, area=one.business.area if one.business else area,
            person=one.person, business=one.business,
        )
        for one in seen
    ]  # fmt: skip
    made = actions.appoint_many(ctx, programme.pk, lines, agreed=given["agreed"], begins=given["begins"])
    request.session[MADE] = [str(one.pk) for one in made]
    words = ngettext(
        "%(n)s appointed. The letters are marked, ready to be printed.",
        "%(n)s appointed. The letters are marked, ready to be printed.",
        len(made),
    )
    messages.success(request, words % {"n": len(made)})
    return made


def look_through(text: str, title: str, programme: Programme, area: Area) -> list[Seen]:
    """The lines of a list: name, phone, maybe a title; for programmes of shops the name of one in the register."""
    assert programme.version
    said = programme.version.definition
    out: list[Seen] = []
    keys: set[tuple[str, str]] = set()
    for number, line in enumerate(text.splitlines(), 1):
        parts = [part for part in re.split(r"[,，;；\t]+|\s{2,}| (?=[+\d])|(?<=\d) ", line.strip()) if part.strip()]
        if not parts:
            continue
        name, *rest = (part.strip() for part in parts)
        phone = next((part for part in rest if normal_phone(part)), "")
        own = next((part for part in rest if part in said.titles), title)
        one = Seen(number, name, phone, own)
        if said.who == "business":
            _find_shop(one, programme)
        elif said.who == "organisation":
            one.fault = _("Units apply themselves.")
        else:
            _find_person(one)
        if (one.name, one.phone) in keys:
            one.fault = one.fault or _("Stands here twice.")
        keys.add((one.name, one.phone))
        out.append(one)
    held = _held(programme, out)
    for one in out:
        if not one.fault and (one.person or one.business) and (one.title, (one.person or one.business).pk) in held:  # type: ignore[union-attr]
            one.fault = _("Holds this already.")
    return out[: actions.appointing.MOST + 1]


def _find_person(one: Seen) -> None:
    if not one.phone:
        one.fault = _("The phone number is missing or wrong.")
        return
    one.person = known_person(one.name, one.phone)


def _find_shop(one: Seen, programme: Programme) -> None:
    found = list(
        Business.objects.filter(
            name=one.name, closed_on=None, area__first__gte=programme.area.first, area__first__lte=programme.area.last
        ).select_related("area", "keeper", "record")[:2]
    )
    if len(found) == 1:
        one.business = found[0]
    else:
        one.fault = _("Not in the register of shops.") if not found else _("Several shops have this name.")


def _held(programme: Programme, seen: list[Seen]) -> set[tuple[str, UUID]]:
    people = [one.person.pk for one in seen if one.person]
    shops = [one.business.pk for one in seen if one.business]
    running = Admission.objects.filter(programme=programme, state=rules.RUNNING)
    return {
        *running.filter(person__in=people, business=None).values_list("title", "person_id"),
        *running.filter(business__in=shops).values_list("title", "business_id"),
    }


def areas_of(request: HttpRequest, programme: Programme) -> list[Area]:
    """Where this person may appoint for this programme."""
    visible = request.actor.q("admissions.appoint", area="first")
    found = Area.objects.filter(
        visible, valid_to=None, level__in=("street", "community", "grid"),
        first__gte=programme.area.first, first__lte=programme.area.last,
    )  # fmt: skip
    return list(found.defer("boundary").order_by("first", "-last")[:600])


def from_workbook(data: bytes) -> list[str]:
    """The rows of the first sheet as lines, cells between tabs; the row of heads and what stands above it are left out."""
    rows = [[as_text(cell) for cell in row if cell not in (None, "")] for row in first_sheet(data)]
    head = next((at for at, row in enumerate(rows) if HEADS & {cell.lower() for cell in row}), -1)
    return ["\t".join(row) for row in rows[head + 1 :] if row]
