"""The fields by which somebody says a rhythm in plain words; a form takes them in and asks `rule()` for the text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi.kernel.recurrence import rules, words

HOW = [
    ("day", gettext_lazy("Every day")),
    ("week", gettext_lazy("Every week")),
    ("week2", gettext_lazy("Every two weeks")),
    ("month", gettext_lazy("Every month")),
    ("month3", gettext_lazy("Every quarter")),
    ("month6", gettext_lazy("Every half-year")),
    ("month12", gettext_lazy("Every year")),
]


class Days(forms.CheckboxSelectMultiple):
    """Seven days in a row, to be ticked."""

    input_type = "days"  # no single box beside its label
    template_name = "ui/days.html"

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return id_


class RhythmForm(forms.Form):
    """How often, on which weekdays, on which day of the month."""

    how = forms.ChoiceField(label=gettext_lazy("How often"), choices=HOW, initial="week")
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("On which weekdays"), required=False, widget=Days,
        help_text=gettext_lazy("For every week, every two weeks, or one weekday of the month."),
    )  # fmt: skip
    which = forms.ChoiceField(
        label=gettext_lazy("On which day of the month"), required=False,
        help_text=gettext_lazy("Only for months, quarters and longer."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weekdays"].choices = [(str(day), words.weekday(day)) for day in range(7)]  # type: ignore[attr-defined]
        self.fields["weekdays"].widget.attrs["label"] = self.fields["weekdays"].label
        nth = {1: _("first"), 2: _("second"), 3: _("third"), 4: _("fourth"), -1: _("last")}
        self.fields["which"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((f"n{number}", _("the %(nth)s of this weekday") % {"nth": word}) for number, word in nth.items()),
            *((f"d{day}", _("day %(day)s") % {"day": day}) for day in range(1, 29)),
            ("d-1", _("the last day")),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        how, ticked, which = cleaned.get("how") or "", cleaned.get("weekdays") or [], cleaned.get("which") or ""
        every = how.rstrip("0123456789")
        interval = int(how[len(every) :] or 1)
        if every == "week" and not ticked:
            self.add_error("weekdays", _("Tick at least one weekday."))
        elif every == "month" and not which:
            self.add_error("which", _("Choose the day of the month."))
        elif every == "month" and which.startswith("n") and len(ticked) != 1:
            self.add_error("weekdays", _("Tick the one weekday that is meant."))
        elif every:
            cleaned["rule"] = rules.text_of(
                rules.Rhythm(
                    every,  # type: ignore[arg-type]
                    interval,
                    tuple(map(int, ticked)) if every == "week" or (which.startswith("n") and every == "month") else (),
                    int(which[1:]) if every == "month" and which.startswith("n") else 0,
                    int(which[1:]) if every == "month" and which.startswith("d") else 0,
                )
            )
        return cleaned

    @staticmethod
    def initial_of(text: str) -> dict[str, Any]:
        """The fields as they say a rule that is there."""
        said = rules.read(text)
        which = f"n{said.nth}" if said.nth else f"d{said.monthday}" if said.monthday else ""
        how = said.every + (str(said.interval) if said.interval != 1 else "")
        return {"how": how, "weekdays": [str(day) for day in said.weekdays], "which": which}
