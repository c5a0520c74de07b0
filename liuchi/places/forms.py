"""Forms of places."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi.kernel.context import CHINA
from liuchi.people.fields import day_field
from liuchi.people.forms import AreaField, DeskForm, UnitField
from liuchi.people.models import Business
from liuchi.places import actions, rules, words
from liuchi.places.models import Event, ServicePoint
from liuchi.places.queries.hours import hours_of
from liuchi.places.services import Service, services

DAY_FIELDS = tuple(f"day{number}" for number in range(7))


class ProblemForm(forms.Form):
    """What is wrong at a place. key: sending it twice is one report."""

    what = forms.CharField(max_length=20, required=False)
    text = forms.CharField(
        label=gettext_lazy("A word about it, if you like"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "placeholder": gettext_lazy("Say more, or speak")}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone to call back"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class SpansField(forms.CharField):
    """The hours of a day as people write them; cleaned to spans."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "spellcheck": "false", "placeholder": "8:00-12:00 14:00-18:00"}
        super().__init__(required=False, max_length=80, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> rules.Spans:  # type: ignore[override]
        try:
            return rules.read_spans(super().clean(value) or "")
        except rules.BadHours as error:
            raise forms.ValidationError(
                _("“%(part)s” is no time. Write 8:00-12:00 14:00-18:00, all day as 24, closed as nothing.")
                % {"part": error}
            ) from error


class HoursForm(DeskForm):
    """The hours of a week, and of official days off."""

    day0 = SpansField(label=gettext_lazy("Mon"))
    day1 = SpansField(label=gettext_lazy("Tue"))
    day2 = SpansField(label=gettext_lazy("Wed"))
    day3 = SpansField(label=gettext_lazy("Thu"))
    day4 = SpansField(label=gettext_lazy("Fri"))
    day5 = SpansField(label=gettext_lazy("Sat"))
    day6 = SpansField(label=gettext_lazy("Sun"))
    off_own = forms.BooleanField(label=gettext_lazy("Official days off have hours of their own"), required=False)
    off = SpansField(label=gettext_lazy("Official days off"))

    @staticmethod
    def shown(hours: rules.Hours) -> dict[str, Any]:
        """What the fields show of hours that are there."""
        week = {name: rules.written(spans) for name, spans in zip(DAY_FIELDS, hours.week, strict=True)}
        return {**week, "off_own": hours.off is not None, "off": rules.written(hours.off or ())}

    def hours(self) -> dict[str, Any]:
        """week and days_off, for the action."""
        sent = self.cleaned_data
        return {
            "week": tuple(sent[name] for name in DAY_FIELDS),
            "days_off": sent["off"] if sent["off_own"] else None,
        }

    def day_fields(self) -> list[forms.BoundField]:
        """The seven days."""
        return [self[name] for name in DAY_FIELDS]


class PointForm(HoursForm):
    """A service point."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ServicePoint.KINDS)
    spot = forms.CharField(
        label=gettext_lazy("Where on the map"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Tap on the map, or write longitude, latitude (WGS-84)."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-spot-field": "", "inputmode": "decimal"}),
    )
    area = AreaField(
        label=gettext_lazy("Area"), required=False, help_text=gettext_lazy("Empty: the grid around the spot.")
    )
    address = forms.CharField(label=gettext_lazy("Address"), max_length=160, required=False)
    inside = forms.CharField(label=gettext_lazy("Inside of (a mall, a centre)"), max_length=80, required=False)
    directions = forms.CharField(label=gettext_lazy("How to find the door"), max_length=200, required=False)
    about = forms.CharField(label=gettext_lazy("A few words about it"), max_length=400, required=False)
    phone = forms.CharField(label=gettext_lazy("Office phone"), max_length=40, required=False)
    unit = UnitField(label=gettext_lazy("Kept by"), required=False)
    business = forms.CharField(max_length=36, required=False, widget=forms.HiddenInput)
    business_name = forms.CharField(
        label=gettext_lazy("Shop of the register"), max_length=80, required=False,
        help_text=gettext_lazy("Type its name, or tap on its dot on the map. Empty: none."),
    )  # fmt: skip
    floor_area = forms.DecimalField(
        label=gettext_lazy("Floor area, m²"), max_digits=7, decimal_places=1, min_value=0, required=False
    )
    capacity = forms.IntegerField(label=gettext_lazy("Seats"), min_value=0, max_value=9999, required=False)
    level = forms.IntegerField(
        label=gettext_lazy("Friendly level"), min_value=0, max_value=5, required=False,
        help_text=gettext_lazy("0 to 5 stars"),
    )  # fmt: skip
    opened_on = day_field(label=gettext_lazy("Open since"), required=False)

    def __init__(self, *args: Any, shops: QuerySet[Business], point: ServicePoint | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.point = point
        self.shops = shops
        self.shop: Business | None = None
        notes = {offer.service: offer.note for offer in point.offers.all()} if point else {}
        if self.is_bound:
            chosen = set(self.data.getlist("services")) if hasattr(self.data, "getlist") else set()
            notes = {code: self.data.get(f"note-{code}", "") for code in services() if code in chosen}
        self.notes = notes

    @staticmethod
    def of(point: ServicePoint) -> dict[str, Any]:
        """What the form shows of a point."""
        names = ("name", "kind", "area", "address", "inside", "directions", "about", "phone", "unit", "floor_area")
        shown: dict[str, Any] = {name: getattr(point, name) for name in names}
        shown |= HoursForm.shown(hours_of(point))
        shown |= {
            "capacity": point.capacity, "level": point.level, "opened_on": point.opened_on,
            "spot": f"{point.lon:.6f}, {point.lat:.6f}", "business": point.business_id,
            "business_name": point.business.name if point.business else "",
        }  # fmt: skip
        return shown

    def clean_spot(self) -> tuple[float, float] | None:
        said = self.cleaned_data["spot"].replace("，", ",").strip()
        if not said:
            return None
        try:
            lon, lat = (float(part) for part in said.split(","))
        except ValueError as error:
            raise forms.ValidationError(_("Write longitude, then latitude: 116.930100, 31.050200")) from error
        return lon, lat

    def clean(self) -> dict[str, Any]:
        """The shop: the one chosen; or the only one that is called as it was typed."""
        sent = self.cleaned_data
        name, before = sent.get("business_name", ""), self.point.business if self.point else None
        if not name:
            return sent
        open_ = self.shops.filter(closed_on=None)
        chosen = _uuid(sent.get("business", ""))
        if before and chosen in (before.pk, None) and name == before.name:
            self.shop = before
        elif chosen and (shop := open_.filter(pk=chosen).first()) and shop.name == name:
            self.shop = shop
        else:
            called = list(open_.filter(name=name)[:2])
            if len(called) == 1:
                self.shop = called[0]
            else:
                self.add_error(
                    "business_name", _("Please choose the shop from the list below the field, or on the map.")
                )
        return sent

    def wanted(self) -> actions.Wanted:
        """For the action. What the form does not show stays as it is."""
        sent = self.cleaned_data
        spot = sent["spot"] or (None, None)
        point = self.point
        stays = point is not None and spot == (round(point.lon, 6), round(point.lat, 6))
        plain = ("name", "kind", "address", "inside", "directions", "about", "phone", "unit", "floor_area", "capacity")
        moved = point is not None and not stays and sent["area"] == point.area
        return actions.Wanted(
            **{name: sent[name] for name in plain},
            area=None if moved else sent["area"],
            lon=point.lon if stays and point else spot[0],
            lat=point.lat if stays and point else spot[1],
            place=point.place if stays and point else None,
            business=self.shop,
            level=sent["level"] or 0,
            opened_on=sent["opened_on"],
            services=self.notes,
            **self.hours(),
        )

    def service_groups(self) -> list[tuple[str, list[tuple[Service, bool, str]]]]:
        """(function, its services: each with whether it is chosen, and its note)."""
        return [
            (
                _(words.FUNCTIONS[function]),
                [
                    (one, one.code in self.notes, self.notes.get(one.code, ""))
                    for one in services().values()
                    if one.function == function
                ],
            )
            for function in rules.FUNCTIONS
        ]


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


class ExceptionForm(DeskForm):
    """A day with other hours."""

    day = day_field(label=gettext_lazy("Day"))
    spans = SpansField(label=gettext_lazy("Hours; empty: closed"))
    why = forms.CharField(label=gettext_lazy("Why (is shown)"), max_length=60, required=False)


class EventForm(DeskForm):
    """Something that takes place."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Event.KINDS)
    day = day_field(label=gettext_lazy("Day"))
    begins = forms.TimeField(label=gettext_lazy("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=gettext_lazy("Until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    about = forms.CharField(label=gettext_lazy("A few words about it"), max_length=400, required=False)

    def planned(self) -> actions.Planned:
        """For the action."""
        sent = self.cleaned_data
        begins, ends = (datetime.combine(sent["day"], sent[name], CHINA) for name in ("begins", "ends"))
        return actions.Planned(sent["kind"], sent["title"], begins, ends, sent["about"])


class KeeperForm(DeskForm):
    """Who keeps it: somebody with a sign-in."""

    who = forms.CharField(
        label=gettext_lazy("Sign-in name or phone number"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SheetForm(DeskForm):
    """An Excel file with places."""

    file = forms.FileField(
        label=gettext_lazy("Excel file"),
        widget=forms.FileInput(
            attrs={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
    )


class PictureForm(DeskForm):
    """A picture of the place."""

    photo = forms.FileField(
        label=gettext_lazy("Picture"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic"}),
    )
