"""Leaflets at the desk: written, given out in batches, how far they went."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from liuchi.kernel import given
from liuchi.kernel.access import needs
from liuchi.kernel.context import Context, of_request
from liuchi.kernel.documents import qr
from liuchi.kernel.errors import Refused
from liuchi.kernel.media import actions as media
from liuchi.people.models import Person
from liuchi.people.phones import normal_phone
from liuchi.publications.actions import carrying
from liuchi.publications.actions import leaflets as actions
from liuchi.publications.desk.paper import address
from liuchi.publications.forms import BatchForm, MaterialForm
from liuchi.publications.models import Batch, Material
from liuchi.publications.queries import carriers as choice
from liuchi.publications.queries import leaflets as reading

PAGE = 50
SHOWN = timedelta(hours=1)  # so long somebody found by the number stays on the form


@require_safe
@needs("publications.see")
def leaflets(request: HttpRequest) -> HttpResponse:
    """The leaflets of one's area: how many were given out, how often their page was opened."""
    page = Paginator(reading.seen_by(request.actor), PAGE).get_page(request.GET.get("page"))
    totals = reading.totals([one.pk for one in page])
    context = {
        "tab": "leaflets",
        "page": page,
        "rows": [{"leaflet": one, **totals[one.pk]} for one in page],
        "may_edit": request.actor.may("publications.edit"),
    }
    return render(request, "publications/desk/leaflets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("publications.edit")
def new(request: HttpRequest) -> HttpResponse:
    """A new leaflet."""
    form = MaterialForm(request.POST or None, request.FILES or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(lambda: _written(of_request(request, "desk"), form.cleaned_data))
        if done:
            return redirect("publications:leaflet_desk", done.pk)
    back = reverse("publications:desk_leaflets")
    context = {"form": form, "title": _("New leaflet"), "back": back, "save": _("Save"), "files": True}
    return render(request, "publications/desk/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("publications.edit")
def facts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Other words, or another picture."""
    leaflet_ = _edited(request, pk)
    names = ("kind", "title", "area", "purpose", "valid_until")
    start = {name: getattr(leaflet_, name) for name in names} | {"words_": leaflet_.words}
    form = MaterialForm(request.POST or None, request.FILES or None, actor=request.actor, initial=start)
    if request.method == "POST" and form.is_valid():
        if form.carry_out(lambda: _written(of_request(request, "desk"), form.cleaned_data, leaflet_)):
            return redirect("publications:leaflet_desk", pk)
    context = {
        "form": form,
        "title": leaflet_.title,
        "back": reverse("publications:leaflet_desk", args=[pk]),
        "save": _("Save"),
        "files": True,
    }
    return render(request, "publications/desk/form.html", context)


def _written(ctx: Context, data: dict, material: Material | None = None) -> Material:
    """The picture is taken in first; one that can't be read is said at its field."""
    values = dict(data)
    picture, keys = values.pop("picture", None), []
    if picture:
        key = uuid4()
        try:
            media.receive(ctx, key, "photo", picture)
        except Refused as refused:
            raise Refused(refused.code, refused.sentence, "picture", refused.status) from refused
        keys.append(key)
    return actions.write_material(ctx, **values, pictures=keys, material=material)


@require_safe
@needs("publications.see")
def leaflet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One leaflet: its batches, and how far it went by grid. What one volunteer handed out is shown to nobody."""
    found = get_object_or_404(reading.seen_by(request.actor), pk=pk)
    batches = found.batches.select_related("area", "team", "person").order_by("-given_on", "-pk")
    lines = reading.reach(found)
    actor = request.actor
    batches = batches.filter(actor.q("publications.see"))
    context = {
        "tab": "leaflets",
        "leaflet": found,
        "page": Paginator(batches, PAGE).get_page(request.GET.get("page")),
        "reach": lines,
        "sum": sum(line.number for line in lines),
        "partly": any(line.partly for line in lines),
        "total": reading.totals([found.pk])[found.pk],
        "may_edit": actor.may("publications.edit", found),
        "may_give": actor.may("publications.edit"),
        "code": qr.svg(address(request, f"/l/{found.code}"), label=_("QR of this page")),
        "link": f"/l/{found.code}",
    }
    return render(request, "publications/desk/leaflet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("publications.edit")
def give(request: HttpRequest, pk: UUID) -> HttpResponse:
    """To several people at once, found by name or team; or one batch to a team. POST `find` looks for people and keeps what
    was typed and chosen."""
    found = get_object_or_404(reading.seen_by(request.actor), pk=pk)
    finding = request.POST.get("do") == "find"
    people, shown, refused = _people(request, finding)
    if finding:  # nothing is asked for yet
        start = request.POST.dict() | {"people": request.POST.getlist("people"), "shown": shown}
        form = BatchForm(actor=request.actor, found=people, initial=start)
    else:
        form = BatchForm(request.POST or None, actor=request.actor, found=people)
    if request.method == "POST" and not finding and form.is_valid():
        if done := form.carry_out(lambda: _given(of_request(request, "desk"), found, form.cleaned_data)):
            said = ngettext(
                "Given to %(n)s. It stands on their phone now.", "Given to %(n)s. It stands on their phones now.", done
            )
            messages.success(request, said % {"n": done})
            return redirect("publications:leaflet_desk", pk)
    if request.method == "POST" and not finding:
        form.renew()
    context = {
        "form": form,
        "title": _("Give out: %(title)s") % {"title": found.title},
        "back": reverse("publications:leaflet_desk", args=[pk]),
        "looked": finding and bool(request.POST.get("q") or request.POST.get("team")),
        "refused": refused,
    }
    return render(request, "publications/desk/give.html", context)


def _people(request: HttpRequest, finding: bool) -> tuple[list[Person], str, str]:
    """(whom one may choose from, whom of them one found by their number, signed, why a number was refused)."""
    text = " ".join(request.POST.get("q", "").replace("\x00", "").split())[:20]
    shown, refused = _shown(request), ""
    is_number = normal_phone(text) is not None
    if is_number and finding:
        try:
            shown += [str(one.pk) for one in carrying.find_by_phone(of_request(request, "desk"), text)]
        except Refused as error:
            refused = error.sentence
    found = choice.carriers(
        request.actor,
        timezone.now(),
        name="" if is_number else text,
        team=_uuid(request.POST.get("team", "")),
        chosen=request.POST.getlist("people")[: choice.CARRIERS],
        shown=[UUID(one) for one in shown],
    )
    return found, signing.dumps(shown, salt=_salt(request)), refused


def _shown(request: HttpRequest) -> list[str]:
    """Whom the same clerk found by the number on this form before."""
    try:
        return list(signing.loads(request.POST.get("shown", ""), salt=_salt(request), max_age=SHOWN))
    except signing.BadSignature:
        return []


def _salt(request: HttpRequest) -> str:
    return f"publications.carriers:{request.actor.person_id}"


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _given(ctx: Context, material: Material, data: dict) -> int:
    """Returns to how many it was given: people, or one team."""
    count, area, team, key = data["count"], data["area"], data["team"], data["key"] or uuid4()
    if data["people"]:
        people = list(data["people"])
        return len(actions.give_to_people(ctx, material, count=count, area=area, people=people, key=key))
    actions.give_out(ctx, material, count=count, area=area, team=team, key=key)
    return 1


@require_POST
@needs("publications.edit")
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is left over came back."""
    batches = Batch.objects.filter(request.actor.q("publications.edit")).select_related("record", "area")
    batch = get_object_or_404(batches, pk=pk)
    said = request.POST.get("returned", "")
    returned = given.whole(said, 999_999)
    actions.close_batch(of_request(request, "desk"), batch, returned=returned)
    messages.success(request, _("The batch is closed."))
    return redirect("publications:leaflet_desk", batch.material_id)


@require_POST
@needs("publications.edit")
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """No more of it is given out."""
    found = _edited(request, pk)
    actions.end_material(of_request(request, "desk"), found)
    messages.success(request, _("“%(title)s” is no longer valid.") % {"title": found.title})
    return redirect("publications:desk_leaflets")


@require_safe
@needs("publications.see")
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A sheet to print: title, words and QR."""
    found = get_object_or_404(reading.seen_by(request.actor), pk=pk)
    context = {
        "title": found.title,
        "line": found.purpose,
        "words": found.words,
        "code": qr.svg(address(request, f"/l/{found.code}"), label=_("QR of this page"), border=2),
        "link": address(request, f"/l/{found.code}"),
        "area": found.area.name,
        "back": reverse("publications:leaflet_desk", args=[pk]),
    }
    return render(request, "publications/desk/sheet.html", context)


def _edited(request: HttpRequest, pk: UUID) -> Material:
    found = Material.objects.filter(request.actor.q("publications.edit")).select_related("record", "area")
    return get_object_or_404(found, pk=pk)
