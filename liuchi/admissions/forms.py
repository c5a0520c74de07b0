"""Forms: applying as the programme asks it, and what the desk types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi.admissions import rules, words
from liuchi.admissions.actions.inviting import DAYS, MOST_DAYS, for_the_desk
from liuchi.admissions.models import Programme
from liuchi.kernel.errors import Refused
from liuchi.people.models import Business, Organisation
from liuchi.people.registers.trades import BUSINESSES
from liuchi.territory.models import Area

ANSWER = "q_"


class Photos(forms.FileInput):
    """Several pictures in one field, from the camera or what is on the phone."""

    allow_multiple_selected = True


class AnyFiles(forms.FileField):
    """The files themselves are judged by kernel.media."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return list(data) if isinstance(data, list | tuple) else [data] if data else []


class Spot(forms.TextInput):
    """A line of words with a dot on the map beside it. centre: where the map begins."""

    template_name = "admissions/widgets/spot.html"
    centre: tuple[float, float] | None = None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        kept = value if isinstance(value, dict) else {"words": value}
        context = super().get_context(name, kept.get("words"), attrs)
        spot = {part: "" if kept.get(part) is None else str(kept[part]) for part in ("lon", "lat")}
        context["widget"] |= spot | {"centre": [str(part) for part in self.centre] if self.centre else None}
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, Any]:
        return {"words": data.get(name, ""), "lon": data.get(f"{name}_lon"), "lat": data.get(f"{name}_lat")}


class Form(forms.Form):
    """A form whose errors may come from an action, too."""

    def carry_out(self, action: Callable[[], Any]) -> Any:
        """Calls the action; what it refuses is shown at the field at fault, and None is returned."""
        try:
            return action()
        except Refused as refused:
            name = refused.field or ""
            known = name if name in self.fields else ANSWER + name if ANSWER + name in self.fields else None
            self.add_error(known, refused.sentence)
            return None


class ApplyForm(Form):
    """The questions of a programme. `answers` after cleaning: key -> value as rules.checked_answers takes it."""

    def __init__(
        self,
        *args: Any,
        said: rules.Definition,
        areas: Sequence[Area] = (),
        shops: Sequence[Business] = (),
        units: Sequence[Organisation] = (),
        answers: dict[str, Any] | None = None,
        marks: dict[str, str] | None = None,
        fixed: bool = False,
        centre: tuple[float, float] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.said, self.marks, self.answers = said, marks or {}, dict(answers or {})
        if len(said.titles) > 1:
            self.fields["title"] = forms.ChoiceField(
                label=_("As what"),
                choices=[(one, one) for one in said.titles],
                widget=forms.RadioSelect,
                required=False,
            )
        if said.who == "business" and not fixed:
            self._shop(areas, shops)
        elif said.who == "organisation" and not fixed:
            chosen = [(str(one.pk), one.name) for one in units]
            self.fields["organisation"] = forms.ChoiceField(label=_("For which unit"), choices=chosen)
        elif said.who not in ("business", "organisation") and areas:
            chosen = [("", _("Choose")), *((str(one.pk), one.name) for one in areas)]
            self.fields["area"] = forms.ChoiceField(label=_("Your community"), choices=chosen)
        for one in said.fields:
            self.fields[ANSWER + one.key] = made = _field(one)
            if isinstance(made.widget, Spot):
                made.widget.centre = centre
            self.initial.setdefault(ANSWER + one.key, self.answers.get(one.key))

    def _shop(self, areas: Sequence[Area], shops: Sequence[Business]) -> None:
        chosen = [*((str(one.pk), one.name) for one in shops), ("", _("Another shop, entered below"))]
        if shops:
            self.initial.setdefault("business", str(shops[0].pk))
            self.fields["business"] = forms.ChoiceField(label=_("Your shop"), choices=chosen, required=False)
        self.fields["shop_name"] = forms.CharField(label=_("Name of the shop"), max_length=80, required=False)
        self.fields["shop_trade"] = forms.ChoiceField(
            label=_("Trade"), choices=[("", _("Choose")), *BUSINESSES.offered().items()], required=False
        )
        if areas:
            places = [("", _("Choose")), *((str(one.pk), one.name) for one in areas)]
            self.fields["shop_area"] = forms.ChoiceField(label=_("In which community"), choices=places, required=False)
        self.fields["shop_address"] = forms.CharField(label=_("Address"), max_length=120, required=False)

    def begin_with(self, known: dict[str, Any]) -> None:
        """Fills in what the house knows already where nothing else stands there, and marks it so."""
        for name, value in known.items():
            if name in self.fields and not self.initial.get(name):
                self.initial[name] = value
                self.fields[name].known = True  # type: ignore[attr-defined]

    def questions(self) -> list[tuple[forms.BoundField, str]]:
        """The questions with the word by which each is marked to be corrected."""
        return [(self[ANSWER + one.key], self.marks.get(one.key, "")) for one in self.said.fields]

    def before(self) -> list[forms.BoundField]:
        """What stands before the questions: as what, for whom, where."""
        return [bound for bound in self if not bound.name.startswith(ANSWER)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.answers = {
            one.key: (self.answers.get(one.key, []) if one.kind == "photo" else cleaned.get(ANSWER + one.key))
            for one in self.said.fields
        }
        sending = self.data.get("do") == "send"
        _kept, wrong = rules.checked_answers(self.said, self.answers, sending=sending)
        for key, code in wrong.items():
            if ANSWER + key not in self.errors:
                self.add_error(ANSWER + key, words.answer_fault(code))
        if sending and "title" in self.fields and cleaned.get("title") not in self.said.titles:
            self.add_error("title", _("Please choose as what you apply."))
        if sending and "shop_name" in self.fields and not cleaned.get("business"):
            for name in ("shop_name", "shop_trade", "shop_area"):
                if name in self.fields and name not in self.errors and not cleaned.get(name):
                    self.add_error(name, words.answer_fault("required"))
        return cleaned


class InviteForm(ApplyForm):
    """Whom an invitation is for, how long it can be used, and what is filled in for them beforehand."""

    def __init__(self, *args: Any, said: rules.Definition, areas: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, said=for_the_desk(said), fixed=said.who == "organisation", **kwargs)
        self.fields["name"] = forms.CharField(
            label=_("Who is invited"),
            max_length=60,
            required=False,
            help_text=_("The name that stands on the certificate later. Empty: whoever has the code."),
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        self.fields["area"] = forms.ChoiceField(label=_("Where"), choices=[(str(one.pk), one.name) for one in areas])
        self.fields["days"] = forms.IntegerField(
            label=_("Can be used for how many days"), min_value=1, max_value=MOST_DAYS, initial=DAYS
        )
        self.order_fields(["name", "area", "days", "title"])


def _field(one: rules.Field) -> forms.Field:
    shared: dict[str, Any] = {"label": one.label, "help_text": one.help, "required": False}
    pairs = [(choice, choice) for choice in one.choices]
    made: forms.Field
    if one.kind == "long":
        made = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, **shared)
    elif one.kind == "choice":
        made = forms.ChoiceField(choices=pairs, widget=forms.RadioSelect, **shared)
    elif one.kind == "several":
        made = forms.MultipleChoiceField(choices=pairs, widget=forms.CheckboxSelectMultiple, **shared)
    elif one.kind == "number":
        made = forms.CharField(widget=forms.TextInput(attrs={"inputmode": "decimal"}), max_length=20, **shared)
    elif one.kind == "date":
        made = forms.CharField(widget=forms.TextInput(attrs={"type": "date"}), **shared)
    elif one.kind == "phone":
        made = forms.CharField(widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}), **shared)
    elif one.kind == "place":
        made = forms.Field(widget=Spot(attrs={"maxlength": 120}), **shared)
    elif one.kind == "photo":
        made = AnyFiles(widget=Photos(attrs={"accept": "image/*", "class": "unseen"}), **shared)
    elif one.kind == "consent":
        made = forms.BooleanField(**shared)
    else:
        made = forms.CharField(max_length=300, **shared)
    # browsers must not hold a draft back: what is required is said on sending, in words
    made.optional_word = not one.required
    return made


class ReasonForm(Form):
    """Why not, why withdrawn, why an appeal is decided so."""

    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


class AppealForm(Form):
    """What one sees differently."""

    why = forms.CharField(
        label=gettext_lazy("What do you see differently?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        required=False,
    )


class NewProgrammeForm(Form):
    """A name and a place, and which programme it begins as a copy of; everything else is written afterwards."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    area = forms.ChoiceField(label=gettext_lazy("Area"))
    like = forms.ChoiceField(
        label=gettext_lazy("Begin with"),
        required=False,
        help_text=gettext_lazy(
            "A copy is a draft: nobody sees it before you open it. Its letters need a numbering of their own."
        ),
    )

    def __init__(self, *args: Any, areas: Sequence[Area], programmes: Sequence[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [(str(one.pk), one.name) for one in areas]  # type: ignore[attr-defined]
        copies = [(str(one.pk), _("A copy of “%(name)s”") % {"name": one.name}) for one in programmes]
        self.fields["like"].choices = [("", _("an empty programme")), *copies]  # type: ignore[attr-defined]


class ListForm(Form):
    """A list of people, pasted from WeChat or Excel or taken from a file."""

    title = forms.ChoiceField(label=gettext_lazy("Title held"))
    area = forms.ChoiceField(label=gettext_lazy("Where"))
    begins = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    lines = forms.CharField(
        label=gettext_lazy("One a line: name and phone"),
        widget=forms.Textarea(
            attrs={"rows": 12, "class": "input wide-lines", "spellcheck": "false", "autocomplete": "off"}
        ),
        required=False,
        max_length=40_000,
        help_text=gettext_lazy(
            "Copied from a sheet or a chat; a comma, a space or a tab stands between. A title may follow."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Excel file"), required=False, widget=forms.FileInput(attrs={"accept": ".xlsx"})
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("Each of them has agreed, and knows that it is voluntary."), required=False
    )

    def __init__(self, *args: Any, titles: Sequence[str], areas: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].choices = [(one, one) for one in titles]  # type: ignore[attr-defined]
        self.fields["area"].choices = [(str(one.pk), one.name) for one in areas]  # type: ignore[attr-defined]
