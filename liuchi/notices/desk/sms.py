"""How text messages go out: the provider's key, seen by nobody once it was entered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.delivery import sms
from liuchi.kernel.delivery.models import Sending
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.notices import actions, words
from liuchi.notices.forms import GatewayForm


@needs("notices.set_up")
def gateway(request: HttpRequest) -> HttpResponse:
    """The gateway as it is set up; the secret is asked for, never shown."""
    kept = sms.gateway()
    names = ("address", "key_id", "sign_name", "template", "code_template", "active")
    form = GatewayForm(
        request.POST or None,
        initial={name: getattr(kept, name) for name in names} if kept else None,
        has_secret=kept is not None,
    )
    if request.method == "POST" and form.is_valid():
        if form.carry_out(lambda: actions.set_up_sms(of_request(request, "desk"), **form.cleaned_data)):
            messages.success(request, _("Saved."))
            return redirect("sms_gateway")
    context = {"form": form, "kept": kept, "last": last_test("sms", "test:sms:")}
    return render(request, "notices/desk/sms.html", context)


@require_POST
@needs("notices.set_up")
def test(request: HttpRequest) -> HttpResponse:
    """A text message to the phone of who asks, by the way that all of them go."""
    with refusal_told(request):
        actions.test_sms(of_request(request, "desk"))
        messages.success(request, _("On its way. In a few seconds this page says whether it arrived."))
    return redirect("sms_gateway")


def last_test(channel: str, begins: str) -> Sending | None:
    """How the last test went."""
    last = Sending.objects.filter(channel=channel, thing__startswith=begins).order_by("-made_at").first()
    if last:
        last.why = words.why(last.problem)  # type: ignore[attr-defined]
    return last
