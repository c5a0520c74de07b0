"""The administrator's page: how near two reports have to be to be compared."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from liuchi.cases.alike import nearness
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused


class NearnessForm(forms.Form):
    """The action checks the bounds and says them."""

    metres = forms.IntegerField(
        label=gettext_lazy("Up to how many metres apart"), widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    days = forms.IntegerField(
        label=gettext_lazy("Up to how many days apart"), widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )


@needs("cases.nearness")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Shows and sets it."""
    form = NearnessForm(request.POST or None, initial=nearness.current()._asdict())
    if request.method == "POST" and form.is_valid():
        try:
            nearness.set_nearness(of_request(request, "desk"), form.cleaned_data["metres"], form.cleaned_data["days"])
            messages.success(request, _("Saved"))
            return redirect("nearness")
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
    status = 422 if form.is_bound else 200
    return render(request, "cases/alike/nearness.html", {"form": form, "may_edit": True}, status=status)
