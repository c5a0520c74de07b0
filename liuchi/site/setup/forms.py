"""Forms of the wizard."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from liuchi.people.forms import DeskForm, PersonForm
from liuchi.territory.models import Area


class StartersForm(DeskForm):
    """What comes along ready to use."""

    services = forms.BooleanField(
        label=_("The list of services for riders: 42 items in 10 aspects"), required=False, initial=True
    )
    programmes = forms.BooleanField(
        label=_("Six programmes to apply for: observers, friendly shops, trade-in, model posts, compounds, alliance"),
        required=False,
        initial=True,
    )
    mark = forms.CharField(
        label=_("Short name of the office in the numbers of letters"),
        max_length=6,
        help_text=_("As 六街 in 六街聘〔2026〕12号."),
    )


class AccountForm(DeskForm):
    """The administrator."""

    code = forms.CharField(
        label=_("Set-up code"), max_length=40, help_text=_("It stands where the program was started.")
    )
    name = forms.CharField(
        label=_("Your full name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=40,
        initial="admin",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        help_text=_("At least 8 characters; a short sentence is easy to keep in mind."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class PlaceForm(DeskForm):
    """The area that the installation works for."""

    code = forms.RegexField(
        r"^\d{6}(\d{3}){0,2}$",
        label=_("Division code"),
        help_text=_("9 digits for a street or town, 12 for a community."),
        error_messages={"invalid": _("A division code has 6, 9 or 12 digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "autofocus": True}),
    )
    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("As on the sign at the door, such as 六尺街道."))
    communities = forms.CharField(
        label=_("Communities"),
        required=False,
        help_text=_("One name a line. Leave empty if they are known already or come with the map."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_communities(self) -> list[str]:
        return [" ".join(line.split())[:80] for line in self.cleaned_data["communities"].splitlines() if line.strip()]


class MapForm(DeskForm):
    """A map file."""

    file = forms.FileField(
        label=_("Map file"),
        help_text=_("OpenStreetMap data, .osm or .pbf. It stays on this machine."),
        widget=forms.FileInput(attrs={"accept": ".osm,.pbf", "autofocus": True}),
    )


class WorkerForm(PersonForm):
    """The first grid worker: a person and a grid, or a community whose first grid is made."""

    area = forms.ModelChoiceField(Area.objects.none(), label=_("Grid"), empty_label=None)
    field_order = ["name", "phone", "area"]

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autofocus"] = True
        field = self.fields["area"]
        field.queryset = areas  # type: ignore[attr-defined]
        field.label_from_instance = lambda area: f"{area.parent.name} · {area.name}" if area.parent else area.name  # type: ignore[attr-defined]
