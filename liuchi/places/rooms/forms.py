"""Forms of rooms: booking on the phone, rooms and bookings at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from liuchi.kernel.recurrence import words
from liuchi.kernel.recurrence.forms import Days, RhythmForm
from liuchi.people.fields import day_field
from liuchi.people.forms import AreaField, DeskForm, UnitField
from liuchi.people.models import Organisation
from liuchi.places.rooms.actions import Asked
from liuchi.places.rooms.models import Room
from liuchi.places.rooms.opening import Wanted


class Starts(forms.RadioSelect):
    """Times as keys to be tapped; below each how long it is free."""

    input_type = "starts"
    template_name = "places/rooms/starts.html"

    runs: Mapping[str, int] = {}
    """Value -> half hours that are free from there on."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return id_

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        option["run"] = self.runs.get(str(value), 1)
        return option


def _halves(half: int) -> str:
    if half % 2:
        return _("%(n)s hours") % {"n": half / 2}
    return ngettext("%(n)s hour", "%(n)s hours", half // 2) % {"n": half // 2}


class BookForm(DeskForm):
    """When, how long, how many; why only where somebody decides."""

    begins = forms.ChoiceField(label=gettext_lazy("From when"), widget=Starts)
    hours = forms.ChoiceField(label=gettext_lazy("How long"))
    people = forms.IntegerField(label=gettext_lazy("How many people"), min_value=1, initial=1)
    unit = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("For which unit"), required=False)
    purpose = forms.CharField(
        label=gettext_lazy("What for"), max_length=200, required=False,
        help_text=gettext_lazy("Only those who look after the room read it."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, room: Room, starts: list[tuple[str, str, int]], units: list[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.set_starts(starts)
        longest = max((run for _value, _said, run in starts), default=1)
        self.fields["hours"].choices = [(str(half), _halves(half)) for half in range(1, longest + 1)]  # type: ignore[attr-defined]
        self.fields["hours"].error_messages["invalid_choice"] = _(
            "It is not free for so long. Please choose a shorter time."
        )
        self.fields["people"].widget.attrs |= {"max": room.seats, "inputmode": "numeric"}
        if units:
            self.fields["unit"].queryset = Organisation.objects.filter(pk__in=[unit.pk for unit in units])  # type: ignore[attr-defined]
            self.fields["unit"].empty_label = _("for myself") if room.who == "all" else None  # type: ignore[attr-defined]
        else:
            del self.fields["unit"]
        if not room.approval:
            del self.fields["purpose"]

    def set_starts(self, starts: list[tuple[str, str, int]]) -> None:
        """What may be chosen now."""
        self.fields["begins"].choices = [(value, said) for value, said, _run in starts]  # type: ignore[attr-defined]
        self.fields["begins"].widget.runs = {value: run for value, _said, run in starts}  # type: ignore[attr-defined]
        self.fields["begins"].widget.attrs["label"] = self.fields["begins"].label
        self.fields["begins"].error_messages["invalid_choice"] = _(
            "This time is no longer free. Please choose another."
        )
        self.fields["begins"].error_messages["required"] = _("Please tap a time.")

    def clean(self) -> dict[str, Any]:
        """A length that fits into the free time."""
        given = self.cleaned_data
        begins, run = given.get("begins"), self.fields["begins"].widget.runs.get(given.get("begins"))  # type: ignore[attr-defined]
        if begins and run and given.get("hours") and int(given["hours"]) > run:
            free = {"time": begins.lstrip("0"), "hours": _halves(run)}
            self.add_error("hours", _("From %(time)s it is free for %(hours)s. Please choose a shorter time.") % free)
        return given

    def asked(self, day: date) -> Asked:
        """What the form says, for the action."""
        given = self.cleaned_data
        begins = time.fromisoformat(given["begins"])
        end = datetime.combine(day, begins) + timedelta(minutes=30 * int(given["hours"]))
        return Asked(day, begins, end.time(), given["people"], given.get("purpose", ""), "", given.get("unit"))


def _time(**more: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time", "step": 1800}, format="%H:%M"), **more)


class RoomForm(DeskForm):
    """A room as data."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Room.KINDS)
    area = AreaField(label=gettext_lazy("Area"))
    where = forms.CharField(label=gettext_lazy("Where"), max_length=120)
    seats = forms.IntegerField(label=gettext_lazy("Seats"), min_value=1, max_value=2000, initial=10)
    equipment = forms.CharField(
        label=gettext_lazy("Equipment"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Words with commas between: projector, piano."),
    )
    opens = _time(label=gettext_lazy("Opens"))
    closes = _time(label=gettext_lazy("Closes"))
    weekdays = forms.MultipleChoiceField(label=gettext_lazy("Open on"), widget=Days)
    who = forms.ChoiceField(label=gettext_lazy("Who may book"), choices=Room.WHO)
    approval = forms.BooleanField(label=gettext_lazy("Somebody says yes before it is booked"), required=False)
    longest = forms.IntegerField(label=gettext_lazy("Hours at a time, at most"), min_value=1, max_value=16, initial=4)
    ahead = forms.IntegerField(label=gettext_lazy("Days before one may book"), min_value=1, max_value=366, initial=30)
    key = forms.CharField(label=gettext_lazy("Who hands out the key"), max_length=120, required=False)
    rules = forms.CharField(
        label=gettext_lazy("Rules of the room"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weekdays"].choices = [(str(day), words.weekday(day)) for day in range(7)]  # type: ignore[attr-defined]
        self.fields["weekdays"].widget.attrs["label"] = self.fields["weekdays"].label

    def wanted(self) -> Wanted:
        """What the form says, for the action."""
        given = dict(self.cleaned_data)
        given["equipment"] = given["equipment"].replace("，", ",").replace("、", ",").split(",")
        given["weekdays"] = [int(day) for day in given["weekdays"]]
        return Wanted(**given)

    @classmethod
    def of(cls, room: Room) -> dict[str, Any]:
        """What the fields show of a room that is there."""
        shown = {name: getattr(room, name) for name in cls.base_fields}
        return {**shown, "equipment": "、".join(room.equipment), "weekdays": [str(day) for day in room.weekdays]}


class DeskBookForm(RhythmForm, DeskForm):
    """A booking by the office: once, or again and again for a unit."""

    unit = UnitField(label=gettext_lazy("For which unit"), required=False)
    day = day_field(label=gettext_lazy("Day, or the first of them"))
    begins = _time(label=gettext_lazy("From"))
    ends = _time(label=gettext_lazy("To"))
    people = forms.IntegerField(label=gettext_lazy("How many people"), min_value=1, initial=10)
    purpose = forms.CharField(label=gettext_lazy("What for"), max_length=200, required=False)
    title = forms.CharField(
        label=gettext_lazy("Public title"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Only for events that all may know of."),
    )
    again = forms.BooleanField(label=gettext_lazy("Again and again"), required=False)
    until = day_field(label=gettext_lazy("Last day"), required=False)

    field_order = (
        "unit",
        "day",
        "begins",
        "ends",
        "people",
        "purpose",
        "title",
        "again",
        "how",
        "weekdays",
        "which",
        "until",
    )

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("again"):
            return self.cleaned_data
        cleaned = super().clean()
        if not cleaned.get("until"):
            self.add_error("until", _("Please say until when."))
        return cleaned

    def asked(self) -> Asked:
        """What the form says, for the action."""
        given = self.cleaned_data
        return Asked(**{name: given[name] for name in ("day", "begins", "ends", "people", "purpose", "title", "unit")})
