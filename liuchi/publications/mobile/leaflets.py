"""Leaflets on the phone: what one has to hand out, and the page that a leaflet's QR leads to."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liuchi.kernel import given
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.media import queries as media
from liuchi.kernel.outbox.views import as_uuid
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.people.rules import local_day
from liuchi.publications.actions import leaflets
from liuchi.publications.mobile.counted import opened
from liuchi.publications.models import Batch, HandOut, Material
from liuchi.publications.queries import leaflets as reading
from liuchi.territory.models import Area


@require_safe
@needs("publications.learn")
def mine(request: HttpRequest) -> HttpResponse:
    """The batches that wait to be handed out; each is reported by a tap."""
    actor = request.actor
    batches = reading.mine(actor.person_id, [post.organisation for post in actor.posts if post.organisation])
    grids = reading.grids_of([batch.area for batch in batches])
    context = {
        "batches": [
            {
                "batch": batch,
                "grids": grids[batch.area_id],
                "taps": [number for number in (5, 10, 20) if number < batch.left],
                "key": uuid4(),
            }
            for batch in batches
        ],
        "just": _just_noted(request),
        "back": "/me",
    }
    return render(request, "publications/mobile/leaflets.html", context)


@require_POST
@needs("publications.learn")
def handed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """So many of a batch went out in a grid."""
    ctx, batch = of_request(request, "phone"), get_object_or_404(Batch, pk=pk)
    if not leaflets.holds(ctx, batch):
        raise Http404
    area = Area.objects.filter(pk=_number(request.POST.get("area", ""))).first() or batch.area
    key, count = as_uuid(request.POST.get("key"), "key"), _number(request.POST.get("count", ""))
    try:
        leaflets.hand_out(ctx, pk, count=count, area=area, key=key)
    except Refused as refused:
        if refused.status == 404:
            raise
        messages.error(request, refused.sentence)
        return redirect("publications:leaflets")
    return redirect(f"{reverse('publications:leaflets')}?noted={key}")


@require_POST
@needs("publications.learn")
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A wrong tap is taken back."""
    batch = get_object_or_404(Batch, pk=pk)
    ctx = of_request(request, "phone")
    if not leaflets.holds(ctx, batch):
        raise Http404
    with refusal_told(request):
        undone = leaflets.undo_hand_out(ctx, as_uuid(request.POST.get("key"), "key"))
        messages.success(request, _("Taken back: %(count)s.") % {"count": undone.count})
    return redirect("publications:leaflets")


def _just_noted(request: HttpRequest) -> HandOut | None:
    """What one noted a moment ago, to take it back."""
    try:
        key = UUID(request.GET.get("noted", ""))
    except ValueError:
        return None
    ctx = of_request(request, "phone")
    found = HandOut.objects.filter(key=key, batch__closed_on=None).select_related("batch__material").first()
    return found if found and leaflets.noted_by(ctx, found) and leaflets.may_undo(ctx, found) else None


def _number(said: str) -> int:
    return given.whole(said) or 0


@require_safe
@needs("publications.read")
def leaflet(request: HttpRequest, short: str) -> HttpResponse:
    """The page of a leaflet; opening it is counted without identity."""
    found, ctx = get_object_or_404(Material, code=short), of_request(request, "phone")
    today = local_day(timezone.now())
    pictures = [
        {"kind": one.kind, "url": media.url(one, "shown"), "thumb": media.url(one, "shown"), "word": ""}
        for one in media.of_record(found.pk)
        if one.state == "ready"
    ]
    over = bool(found.ended_on or (found.valid_until and found.valid_until < today))
    context = {"leaflet": found, "pictures": pictures, "over": over, "back": "/"}
    return opened(request, render(request, "publications/mobile/leaflet.html", context), ctx, found.pk, "open")
