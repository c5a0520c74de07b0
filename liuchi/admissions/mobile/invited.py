"""Where an invitation's link or QR leads: what it is, then an account, then the application."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from liuchi.admissions import actions, rules, words
from liuchi.admissions.actions import inviting
from liuchi.admissions.models import Programme
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.ui.refusals import refusal_told


@never_cache
@require_safe
@needs("admissions.browse")
def shown(request: HttpRequest, invitation: str) -> HttpResponse:
    """What one is invited to and until when. Looking uses nothing up: chats open links by themselves (at most 4 queries)."""
    one, ctx, person = inviting.found_by(invitation), of_request(request, "phone"), request.actor.person_id
    fault = inviting.fault_of(one, ctx) if one else "unknown"
    if one and not fault and one.programme.state != Programme.State.OPEN:
        fault = "closed"
    known = {"unknown": _("Compare it with the paper, sign by sign."), "closed": _("Nobody can apply now.")}
    context = {
        "one": one,
        "mine": bool(one and person and one.taken_by_id == person),
        "fault": known.get(fault) or (words.code_fault(fault) if fault else ""),
        "code": invitation,
        "here": reverse("admissions:invitation", args=[invitation]),
        "person": person,
    }
    if one and one.programme.version:
        said = one.programme.version.definition
        issued = one.programme.unit
        context |= {
            "programme": one.programme,
            "said": said,
            "term": words.months(said),
            "who": words.WHO[said.who],
            "unit": issued.name if issued else one.programme.area.name,
            "name": rules.masked_name(inviting.name_on(one)),
        }
    response = render(request, "admissions/mobile/invitation.html", context, status=200 if one else 404)
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_POST
@needs("admissions.apply")
def take(request: HttpRequest, invitation: str) -> HttpResponse:
    """Takes it up and goes on to the application."""
    with refusal_told(request):
        programme = actions.take_up(of_request(request, "phone"), invitation, request.user.person)
        return redirect("admissions:apply", programme.key)
    return redirect("admissions:invitation", invitation)
