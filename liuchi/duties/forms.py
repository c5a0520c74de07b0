"""Forms of the desk: a duty with its rhythm, a report, calling off."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi.duties.actions.duties import Said
from liuchi.duties.models import Duty
from liuchi.kernel import given
from liuchi.kernel.records.models import Record
from liuchi.kernel.recurrence.forms import RhythmForm
from liuchi.people.fields import day_field
from liuchi.people.forms import AreaField, DeskForm, UnitField


def _time(**more: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **more)


class DutyForm(RhythmForm, DeskForm):
    """A duty in plain words: what, where, how often, how many."""

    kind = forms.ChoiceField(choices=Duty.Kind.choices, widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("What is it called"), max_length=60)
    where = forms.CharField(label=gettext_lazy("Where"), max_length=120, required=False)
    station = forms.ChoiceField(label=gettext_lazy("At which station"), required=False)
    area = AreaField(label=gettext_lazy("Area"))
    begins = _time(label=gettext_lazy("From"))
    ends = _time(label=gettext_lazy("To"))
    starts_on = day_field(label=gettext_lazy("First day"))
    until = day_field(label=gettext_lazy("Last day"), required=False)
    free_days = forms.ChoiceField(label=gettext_lazy("When it falls on a day off"), choices=Duty.FreeDays.choices)
    without = forms.CharField(
        label=gettext_lazy("Left out on"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=gettext_lazy("Days as 2026-12-25, several with spaces between."),
    )  # fmt: skip
    needs = forms.IntegerField(
        label=gettext_lazy("People a shift"), min_value=1, max_value=50, initial=2, required=False,
    )  # fmt: skip
    back_hours = forms.IntegerField(
        label=gettext_lazy("May step back until so many hours before"),
        min_value=0,
        max_value=336,
        initial=24,
        required=False,
    )
    unit = UnitField(label=gettext_lazy("Unit or team"), required=False)
    team_only = forms.BooleanField(label=gettext_lazy("Only the people of this team may sign up"), required=False)
    what = forms.CharField(
        label=gettext_lazy("What there is to do"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    field_order = (
        "kind", "title", "station", "where", "area", "how", "weekdays", "which", "begins", "ends", "starts_on", "until", "free_days",
        "without", "needs", "back_hours", "unit", "team_only", "what",
    )  # fmt: skip

    # What only volunteers' rosters have: a unit's own duty asks for none of it.
    OF_ROSTERS = ("station", "needs", "back_hours", "team_only")

    def __init__(self, *args: Any, kind: str, stations: list[tuple[str, str]] = [], **kwargs: Any) -> None:  # noqa: B006
        super().__init__(*args, **kwargs)
        self.fields["kind"].disabled, self.initial["kind"] = True, kind
        if kind == Duty.Kind.RHYTHM:
            for name in self.OF_ROSTERS[1:]:
                del self.fields[name]
            self.fields["unit"].label = _("Which unit does it")
            stations = []
        self.fields["station"].choices = [("", "—"), *stations]  # type: ignore[attr-defined]
        if not stations:
            del self.fields["station"]

    def clean_without(self) -> list[date]:
        """The exceptions as days."""
        days = []
        for word in self.cleaned_data["without"].replace(",", " ").replace("，", " ").replace("、", " ").split():
            if (day := given.day(word)) is not None:
                days.append(day)
            else:
                raise forms.ValidationError(_("%(word)s is not a day. Write it as 2026-12-25.") % {"word": word})
        return days

    def said(self) -> Said:
        """What the form says, for the action."""
        given = {name: self.cleaned_data[name] for name in (
            "kind", "title", "where", "area", "begins", "ends", "starts_on", "until", "free_days", "without", "unit", "what",
            "rule",
        )}  # fmt: skip
        station = self.cleaned_data.get("station")
        back = self.cleaned_data.get("back_hours")
        if station and not given["where"]:
            given["where"] = dict(self.fields["station"].choices)[station]  # type: ignore[attr-defined]
        return Said(
            **given,
            needs=self.cleaned_data.get("needs") or 1,
            team_only=bool(self.cleaned_data.get("team_only")),
            back_hours=24 if back is None else back,
            about=Record.objects.filter(pk=station).first() if station else None,
        )

    @classmethod
    def of(cls, duty: Duty) -> dict[str, Any]:
        """What the fields show of a duty that is there."""
        same = ("title", "where", "area", "begins", "ends", "starts_on", "until", "free_days", "needs", "back_hours",
                "unit", "team_only", "what")  # fmt: skip
        return {
            **{name: getattr(duty, name) for name in same},
            "without": " ".join(duty.without),
            "station": str(duty.about_id) if duty.about_id else "",
            **cls.initial_of(duty.rule),
        }


class ReportForm(DeskForm):
    """What a unit says of its duty: held on a day, with a note; or not."""

    kept = forms.ChoiceField(
        label=gettext_lazy("Was it held?"),
        choices=[("1", gettext_lazy("Yes, held")), ("0", gettext_lazy("No, it fell out"))],
    )
    done_on = day_field(label=gettext_lazy("On which day"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One sentence: what was done or agreed, or why it fell out."),
    )  # fmt: skip
