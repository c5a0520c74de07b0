"""Forms of notices."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi.people.forms import DeskForm

HOURS = range(6, 23)


def _hour_field(**more: Any) -> forms.TimeField:
    return forms.TimeField(required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **more)


class ChoiceForm(DeskForm):
    """When one is told; by which ways stands beside it."""

    every = forms.BooleanField(label=gettext_lazy("Send it by each of them, not only by the first"), required=False)
    quiet_from = _hour_field(label=gettext_lazy("Quiet from"))
    quiet_until = _hour_field(label=gettext_lazy("until"))
    urgent_passes = forms.BooleanField(label=gettext_lazy("What is urgent may ring all the same"), required=False)
    digest_at = forms.TypedChoiceField(
        label=gettext_lazy("How often to tell me"),
        required=False,
        coerce=lambda hour: time(int(hour)),
        empty_value=None,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        once = _("Once a day, at %(hour)s:00")
        self.fields["digest_at"].choices = [  # type: ignore[attr-defined]
            ("", _("Each at once")),
            *((str(hour), once % {"hour": hour}) for hour in HOURS),
        ]


class MailAddressForm(DeskForm):
    """Where mail goes."""

    address = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )


class CodeForm(DeskForm):
    """The six digits."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )
