"""Forms of places."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy


class ProblemForm(forms.Form):
    """What is wrong at a place. key: sending it twice is one report."""

    text = forms.CharField(
        label=gettext_lazy("What is wrong?"),
        max_length=1000,
        widget=forms.Textarea(
            attrs={"rows": 4, "placeholder": gettext_lazy("No hot water, socket broken, too few seats …")}
        ),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone to call back"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
