"""Invitations by a link or QR: made, printed or sent in a chat, taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from liuchi.admissions import actions, queries, rules
from liuchi.admissions.actions import inviting
from liuchi.admissions.desk.listing import areas_of
from liuchi.admissions.forms import InviteForm
from liuchi.admissions.models import InvitationCode, Programme
from liuchi.admissions.paper import chinese_day
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.documents import qr
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.territory.models import Area

SHOWN = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("admissions.appoint")
def invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new invitation, beside those that can still be used (at most 9 queries)."""
    programme = get_object_or_404(queries.programmes_for(request.actor), pk=pk)
    areas = areas_of(request, programme)
    if not areas or programme.version is None:
        raise Http404
    form = InviteForm(request.POST or None, said=programme.version.definition, areas=areas)
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(lambda: _made(request, programme, form, areas))
        if made:
            return redirect("admissions:invite_sheet", made.pk)
    codes = InvitationCode.objects.filter(
        request.actor.q("admissions.appoint", area="area__first"), programme=programme
    )
    open_ = codes.filter(taken_at=None, ended_at=None, until__gte=timezone.localdate()).select_related("area")
    context = {
        "programme": programme,
        "form": form,
        "open": [(one, inviting.name_on(one)) for one in open_.order_by("-made_at")[:SHOWN]],
        "taken": rules.told(codes.filter(taken_at__isnull=False).count()),
    }
    return render(request, "admissions/desk/invite.html", context)


def _made(request: HttpRequest, programme: Programme, form: InviteForm, areas: list[Area]) -> InvitationCode:
    given: dict[str, Any] = form.cleaned_data
    return actions.make_code(
        of_request(request, "desk"),
        programme.pk,
        area=next(one for one in areas if str(one.pk) == given["area"]),
        name=given["name"],
        days=given["days"],
        title=given.get("title", ""),
        answers=form.answers,
        shop={key: given[key] for key in inviting.SHOP if given.get(key)},
    )


@never_cache
@require_safe
@needs("admissions.appoint")
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The invitation on paper, and its words for a chat."""
    one = _seen(request, pk)
    code = inviting.code_on(one)
    if not code or inviting.fault_of(one, of_request(request, "desk")):
        messages.info(request, _("This invitation can't be used any more."))
        return redirect("admissions:invite", one.programme_id)
    link = (settings.PUBLIC_URL or request.build_absolute_uri("/")).rstrip("/") + f"/i/{code}"
    issued = one.programme.unit
    name, unit = inviting.name_on(one), issued.name if issued else one.programme.area.name
    context = {
        "one": one,
        "programme": one.programme,
        "said": one.programme.version.definition if one.programme.version else None,
        "name": name,
        "unit": unit,
        "until": chinese_day(one.until),
        "made": chinese_day(timezone.localdate(one.made_at)),
        "link": link,
        "code": qr.svg(link, label=_("Code of the invitation"), border=2),
        # in Chinese, as the paper: it goes to people of the place
        "chat": f"{name + '：' if name else ''}{unit}邀请您加入“{one.programme.name}”，全凭自愿。"
        f"请在{chinese_day(one.until)}（含当日）前点开链接，注册后即可申请，仅限一人使用一次：{link}",
    }
    return render(request, "admissions/desk/invitation.html", context)


@require_POST
@needs("admissions.appoint")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes an invitation back."""
    one = _seen(request, pk)
    with refusal_told(request):
        actions.end_code(of_request(request, "desk"), one.pk)
        messages.success(request, _("The invitation is taken back."))
    return redirect("admissions:invite", one.programme_id)


def _seen(request: HttpRequest, pk: int) -> InvitationCode:
    found = InvitationCode.objects.filter(request.actor.q("admissions.appoint", area="area__first"))
    return get_object_or_404(found.select_related("programme__unit", "programme__area", "programme__version"), pk=pk)
