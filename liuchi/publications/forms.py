"""Forms of the desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi.kernel import venues
from liuchi.people.fields import day_field, moment_field
from liuchi.people.forms import DeskForm, UnitField
from liuchi.people.models import Person
from liuchi.people.queries import login_named
from liuchi.people.registers.trades import GROUPS
from liuchi.publications.models import Lesson, Material, ServiceItem
from liuchi.publications.models.services import ASPECT_LABELS
from liuchi.territory.models import Area

AREAS_MOST = 400
_LONG = {"rows": 4}


class ScopedForm(DeskForm):
    """A form with the areas that somebody may write for. actor: request.actor; ability: what it is asked for."""

    def __init__(self, *args: Any, actor: Any, ability: str = "publications.edit", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope = actor.scope(ability)
        within = Q() if scope.everything else Q(pk__in=[])
        for first, last in scope.areas:
            within |= Q(first__gte=first, first__lte=last)
        areas = Area.objects.filter(within, valid_to=None, level__in=("street", "community", "grid"))
        field = self.fields["area"]
        field.queryset = areas.defer("boundary").order_by("first", "-last")[:AREAS_MOST]  # type: ignore[attr-defined]
        known = list(field.queryset)  # type: ignore[attr-defined]
        field.queryset = Area.objects.filter(pk__in=[area.pk for area in known]).defer("boundary")  # type: ignore[attr-defined]
        indent = {"street": "", "community": "　", "grid": "　　"}
        field.choices = [(area.pk, f"{indent[area.level]}{area.name}") for area in known]  # type: ignore[attr-defined]
        if known and not self.initial.get("area"):
            self.initial["area"] = known[0].pk


def _area(**kwargs: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(Area.objects.none(), label=gettext_lazy("Area"), **kwargs)


class LessonForm(ScopedForm):
    """What a lesson is called and for whom it is."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=60)
    area = _area()
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=60, initial=5)
    trades = forms.MultipleChoiceField(
        label=gettext_lazy("For these trades"),
        choices=lambda: list(GROUPS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: for everybody."),
    )
    needs_sign_off = forms.BooleanField(
        label=gettext_lazy("A programme asks for it: who has learnt it signs"), required=False
    )
    political = forms.BooleanField(label=gettext_lazy("Political study: never earns points"), required=False)


class PersonField(forms.CharField):
    """A person by sign-in name or phone number; cleaned to the Person."""

    def clean(self, value: Any) -> Person | None:  # type: ignore[override]
        text = super().clean(value)
        if not text:
            return None
        login = login_named(text)
        if login is None:
            raise forms.ValidationError(_("Nobody signs in with this name or number. They can make an account first."))
        return login.person


class TeachingForm(ScopedForm):
    """A lesson was taught at somebody's place."""

    teacher = PersonField(
        label=gettext_lazy("Who taught"),
        max_length=60,
        help_text=gettext_lazy("Sign-in name or phone number of the volunteer."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    taught_on = day_field(label=gettext_lazy("Day"))
    area = _area()
    place_words = forms.CharField(label=gettext_lazy("Place"), max_length=120)
    came = forms.IntegerField(label=gettext_lazy("How many listened"), min_value=1, max_value=5000)


class LectureForm(ScopedForm):
    """A live lecture."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=80)
    speaker = forms.CharField(label=gettext_lazy("Speaker"), max_length=80, required=False)
    starts = moment_field(label=gettext_lazy("Begins"))
    ends = moment_field(label=gettext_lazy("Ends"))
    area = _area()
    video_url = forms.CharField(
        label=gettext_lazy("Link of the stream"),
        max_length=400,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )
    lesson = forms.ModelChoiceField(Lesson.objects.none(), label=gettext_lazy("Lesson to it"), required=False)
    words_ = forms.CharField(
        label=gettext_lazy("What it is about"), max_length=2000, required=False, widget=forms.Textarea(attrs=_LONG)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Lesson.objects.filter(state="public").order_by("-published_at")
        self.fields["lesson"].queryset = offered  # type: ignore[attr-defined]


class MaterialForm(ScopedForm):
    """A leaflet, notice or board."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Material.Kind.choices)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=80)
    area = _area()
    purpose = forms.CharField(label=gettext_lazy("Purpose"), max_length=80, required=False)
    valid_until = day_field(label=gettext_lazy("Valid until"), required=False)
    picture = forms.FileField(
        label=gettext_lazy("Picture"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"})
    )
    words_ = forms.CharField(label=gettext_lazy("Words"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))


class BatchForm(ScopedForm):
    """Some of a leaflet, given to several people, found by their name or their team, or as one batch to a team. key: its own,
    so that a double tap is one batch. found: people to choose from (`queries.carriers`); shown: who was found by the whole
    number before, signed."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    count = forms.IntegerField(label=gettext_lazy("How many for each"), min_value=1, max_value=100_000)
    area = _area()
    team = UnitField(label=gettext_lazy("Team"), required=False)
    q = forms.CharField(
        label=gettext_lazy("or a name, or a whole phone number"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    people = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Who gets them"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(
            ("invalid_choice", "invalid_pk_value"),
            gettext_lazy("Somebody you chose can't be given any now. Look for them once more."),
        ),
    )

    def __init__(self, *args: Any, found: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["people"]
        field.queryset = Person.objects.filter(pk__in=[one.pk for one in found])
        field.choices = [(str(one.pk), one.told) for one in found]  # type: ignore[attr-defined]

    def renew(self) -> None:
        """Another key: what is sent from here on is a batch of its own."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["key"] = str(uuid4())  # type: ignore[index]


class ServiceForm(ScopedForm):
    """A line of the list of services."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    aspect = forms.ChoiceField(label=gettext_lazy("Aspect"), choices=ASPECT_LABELS.items())
    kind = forms.ChoiceField(label=gettext_lazy("List"), choices=ServiceItem.Kind.choices)
    area = _area()
    what = forms.CharField(label=gettext_lazy("What it is"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    steps = forms.CharField(
        label=gettext_lazy("How to get it"),
        widget=forms.Textarea(attrs=_LONG),
        help_text=gettext_lazy("One step a line, at most eight."),
    )
    for_whom = forms.CharField(label=gettext_lazy("For whom"), max_length=120, required=False)
    place = forms.ChoiceField(
        label=gettext_lazy("Place on the map"),
        required=False,
        help_text=gettext_lazy("Then the phone shows how it stands now, and the way."),
    )
    where = forms.CharField(label=gettext_lazy("Where, in words"), max_length=120, required=False)
    office_phone = forms.CharField(
        label=gettext_lazy("Office phone"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("The number of the desk, nobody's own."),
    )
    valid_until = day_field(label=gettext_lazy("Valid until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = dict(venues.choices(kwargs["actor"], "publications.edit"))
        if (
            now := self.initial.get("place")
        ) and now not in places:  # of a wider area than the own: it stays what it is
            places |= {pk: venue.name for pk, venue in venues.venues([now], timezone.now()).items()}
        self.fields["place"].choices = [("", "—"), *((str(pk), name) for pk, name in places.items())]  # type: ignore[attr-defined]

    def clean_place(self) -> UUID | None:
        """The record of the place."""
        chosen = self.cleaned_data["place"]
        return UUID(chosen) if chosen else None

    def clean_steps(self) -> list[str]:
        """Its lines."""
        return [line.strip() for line in self.cleaned_data["steps"].splitlines() if line.strip()]


class UploadForm(ScopedForm):
    """The list of an area from Excel."""

    area = _area()
    file = forms.FileField(
        label=gettext_lazy("Excel file"),
        widget=forms.FileInput(
            attrs={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
    )
