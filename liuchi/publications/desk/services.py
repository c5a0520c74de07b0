"""The list of services at the desk: its lines, news, how often each was used, Excel out and in."""

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.people.rules import local_day
from liuchi.people.sheets.reading import LARGEST
from liuchi.publications import sheets
from liuchi.publications.actions import services as actions
from liuchi.publications.forms import ServiceForm, UploadForm
from liuchi.publications.models import ServiceItem
from liuchi.publications.queries import services as reading

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@needs("publications.see")
def services(request: HttpRequest) -> HttpResponse:
    """The lines of one's area with their uses; ``?q=`` filters by words or initials."""
    items = _listed(request)
    uses = reading.uses([item.pk for item in items])
    today = local_day(timezone.now())
    context = {
        "tab": "services",
        "rows": [
            {
                "item": item,
                "uses": uses.get(item.pk, 0),
                "over": item.valid_until and item.valid_until < today,
                "may_edit": request.actor.may("publications.edit", item),
            }
            for item in items
        ],
        "aspects": len({item.aspect for item in items}),
        "text": request.GET.get("q", ""),
        "may_edit": request.actor.may("publications.edit"),
    }
    return render(request, "publications/desk/services.html", context)


def _listed(request: HttpRequest) -> list[ServiceItem]:
    found = reading.seen_by(request.actor).filter(ended_on=None)
    if text := request.GET.get("q", "").strip()[:60]:
        found = found.filter(reading.fits(text))
    return list(found.order_by("area__first", "number")[: reading.LIST_MOST])


@require_http_methods(["GET", "HEAD", "POST"])
@needs("publications.edit")
def new(request: HttpRequest) -> HttpResponse:
    """A new line."""
    form = ServiceForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        if form.carry_out(lambda: actions.write_item(of_request(request, "desk"), **form.cleaned_data)):
            return redirect("publications:desk_services")
    back = reverse("publications:desk_services")
    context = {"form": form, "title": _("New line of the list"), "back": back, "save": _("Save")}
    return render(request, "publications/desk/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("publications.edit")
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Other words of a line, its news, its end."""
    item = _of(request, pk)
    names = ("name", "aspect", "kind", "area", "what", "for_whom", "where", "place", "office_phone", "valid_until")
    start = {name: getattr(item, name) for name in names} | {"steps": "\n".join(item.steps)}
    form = ServiceForm(request.POST or None, actor=request.actor, initial=start)
    if request.method == "POST" and form.is_valid():
        ctx = of_request(request, "desk")
        if form.carry_out(lambda: actions.write_item(ctx, item=item, **form.cleaned_data)):
            return redirect("publications:desk_services")
    context = {
        "form": form,
        "title": item.name,
        "back": reverse("publications:desk_services"),
        "save": _("Save"),
        "item": item,
        "end": reverse("publications:service_end", args=[pk]),
        "end_label": _("End this line"),
        "end_words": _("A service that is no longer offered is ended, never deleted: what was counted stays."),
    }
    return render(request, "publications/desk/service.html", context)


@require_POST
@needs("publications.edit")
def news(request: HttpRequest, pk: UUID) -> HttpResponse:
    """First-hand news of a line."""
    item = _of(request, pk)
    actions.tell_news(of_request(request, "desk"), item, request.POST.get("news", ""))
    messages.success(request, _("It stands at the head of the list now.") if item.news else _("The news is gone."))
    return redirect("publications:desk_services")


@require_POST
@needs("publications.edit")
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """No longer offered."""
    item = _of(request, pk)
    actions.end_item(of_request(request, "desk"), item)
    messages.success(request, _("“%(title)s” is no longer offered.") % {"title": item.name})
    return redirect("publications:desk_services")


@require_safe
@needs("publications.see")
def file(request: HttpRequest) -> HttpResponse:
    """The list as Excel."""
    items = _listed(request)
    data = sheets.workbook(items, reading.uses([item.pk for item in items]))
    response = HttpResponse(data, content_type=XLSX)
    name = quote(_("service-list.xlsx"))
    response.headers["Content-Disposition"] = f"attachment; filename=\"services.xlsx\"; filename*=UTF-8''{name}"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@needs("publications.edit")
def upload(request: HttpRequest) -> HttpResponse:
    """The list from Excel: all of it or, with its faults by row, nothing."""
    form = UploadForm(request.POST or None, request.FILES or None, actor=request.actor)
    faults: list[sheets.Line] = []
    if request.method == "POST" and form.is_valid():
        area, data = form.cleaned_data["area"], form.cleaned_data["file"].read(LARGEST + 1)
        known = {item.number: item for item in _edited(request).filter(area=area)}
        lines = form.carry_out(lambda: sheets.read(data, known))
        faults = [line for line in lines or [] if line.fault]
        if lines and not faults:
            changes = [(line.item, line.values) for line in lines]
            done = form.carry_out(lambda: actions.bring_in(of_request(request, "desk"), area, changes))
            if done:
                said = ngettext("%(count)s line is in the list.", "%(count)s lines are in the list.", done)
                messages.success(request, said % {"count": done})
                return redirect("publications:desk_services")
    return render(request, "publications/desk/upload.html", {"tab": "services", "form": form, "faults": faults})


def _edited(request: HttpRequest) -> QuerySet[ServiceItem]:
    actor = request.actor
    return ServiceItem.objects.filter(actor.q("publications.edit"), ended_on=None).select_related("record", "area")


def _of(request: HttpRequest, pk: UUID) -> ServiceItem:
    return get_object_or_404(_edited(request), pk=pk)
