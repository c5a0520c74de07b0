"""Forms of the counter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from liuchi.people.forms import AreaField, DeskForm
from liuchi.places.counter.actions import For, Said, Wanted
from liuchi.places.counter.actions.opening import MOST_PLACES, MOST_WINDOWS
from liuchi.places.counter.hours import hours_of
from liuchi.places.counter.models import Counter, Errand, Matter
from liuchi.places.forms import HoursForm


class Lines(forms.CharField):
    """One thing a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=1500, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        return (super().clean(value) or "").splitlines()


class CounterForm(HoursForm):
    """A counter: where, when, how many windows."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    area = AreaField(label=gettext_lazy("Area"))
    where = forms.CharField(label=gettext_lazy("Where"), max_length=120)
    phone = forms.CharField(label=gettext_lazy("Office phone"), max_length=40, required=False)
    windows = forms.IntegerField(
        label=gettext_lazy("Windows that call"), min_value=1, max_value=MOST_WINDOWS, initial=2
    )
    places = forms.IntegerField(
        label=gettext_lazy("Appointments each half hour"), min_value=0, max_value=MOST_PLACES, initial=2,
        help_text=gettext_lazy("0: no appointments, only numbers."),
    )  # fmt: skip

    asks_word = forms.BooleanField(
        label=gettext_lazy("Numbers by phone only for who is in the hall"), required=False,
        help_text=gettext_lazy("They enter the word of the day, or scan it in the hall: from its screen, or from the sheet that the desk prints each day."),
    )  # fmt: skip

    plain = ("name", "area", "where", "phone", "windows", "places", "asks_word")

    def plain_fields(self) -> list[forms.BoundField]:
        """All but the hours."""
        return [self[name] for name in self.plain]

    def wanted(self) -> Wanted:
        """What the form says, for the action."""
        return Wanted(**{name: self.cleaned_data[name] for name in self.plain}, **self.hours())

    @classmethod
    def of(cls, counter: Counter) -> dict[str, Any]:
        """What the fields show of a counter that is there."""
        return {name: getattr(counter, name) for name in cls.plain} | cls.shown(hours_of(counter))


class MatterForm(DeskForm):
    """A service as data."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    group = forms.CharField(label=gettext_lazy("Group of services"), max_length=30, required=False)
    for_whom = forms.CharField(label=gettext_lazy("For whom"), max_length=200, required=False)
    bring = Lines(label=gettext_lazy("What to bring"), help_text=gettext_lazy("One thing a line."))
    for_others = Lines(
        label=gettext_lazy("To bring beside, for somebody else"), help_text=gettext_lazy("One thing a line.")
    )
    steps = Lines(label=gettext_lazy("Steps"), help_text=gettext_lazy("One thing a line."))
    takes = forms.CharField(label=gettext_lazy("How long it takes"), max_length=60, required=False)
    fee = forms.CharField(label=gettext_lazy("What it costs"), max_length=60, required=False)
    help = forms.CharField(label=gettext_lazy("Help with the form"), max_length=200, required=False)
    at_home = forms.BooleanField(label=gettext_lazy("Also at home, for those who can't come"), required=False)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes at the counter"), min_value=1, max_value=240, initial=10)
    closed = forms.BooleanField(label=gettext_lazy("No longer done here"), required=False)

    def said(self) -> Said:
        """What the form says, for the action."""
        return Said(**self.cleaned_data)

    @classmethod
    def of(cls, matter: Matter) -> dict[str, Any]:
        """What the fields show of a service that is there."""
        return {name: getattr(matter, name) for name in cls.base_fields}


class ErrandForm(DeskForm):
    """An errand taken in; for somebody else with their name and their yes."""

    matter = forms.ModelChoiceField(Matter.objects.none(), label=gettext_lazy("Which service"), empty_label=None)
    for_other = forms.BooleanField(label=gettext_lazy("On behalf of somebody else"), required=False)
    name = forms.CharField(label=gettext_lazy("For whom it is"), max_length=40, required=False)
    phone = forms.CharField(
        label=gettext_lazy("Their phone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    agreed = forms.ChoiceField(
        label=gettext_lazy("How they agreed"), required=False, choices=[("", "—"), *Errand.AGREED]
    )
    at_home = forms.BooleanField(label=gettext_lazy("Somebody visits them at home"), required=False)
    address = forms.CharField(label=gettext_lazy("Where they live"), max_length=120, required=False)

    def __init__(self, *args: Any, counter: Counter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matter"].queryset = counter.matters.filter(closed=False).order_by("group", "name")  # type: ignore[attr-defined]

    def whose(self) -> For | None:
        """For whom, if not for who stands at the counter."""
        given = self.cleaned_data
        if not given["for_other"]:
            return None
        return For(given["name"], given["phone"], given["address"], given["agreed"], given["at_home"])
