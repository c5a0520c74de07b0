"""Forms of points at the desk and on the phone."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi.kernel.context import Context
from liuchi.kernel.media.actions import receive
from liuchi.people.forms import AreaField, DeskForm
from liuchi.points import rules
from liuchi.points.models import Gift
from liuchi.territory.models import Area


class GiftForm(DeskForm):
    """A gift or a service of the shop window."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=40)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Gift.Kind.choices)
    cost = forms.IntegerField(label=gettext_lazy("Costs points"), min_value=1, max_value=rules.MOST_COST)
    per_month = forms.IntegerField(
        label=gettext_lazy("At most a month for each person"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=gettext_lazy("Empty: as many as one has points for."),
    )
    words = forms.CharField(
        label=gettext_lazy("What the gift is"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    picture = forms.FileField(
        label=gettext_lazy("Picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    open = forms.BooleanField(label=gettext_lazy("Can be reserved"), required=False, initial=True)

    def values(self, ctx: Context) -> dict[str, Any]:
        """What the action takes; a picture is received first. Raises Refused for a file that is none."""
        given = dict(self.cleaned_data)
        file = given.pop("picture", None)
        if file:
            key = uuid4()
            receive(ctx, key, "photo", file, file.size)
            given["picture"] = key
        return given


class WindowForm(DeskForm):
    """A window where gifts are handed out."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    area = AreaField(label=gettext_lazy("Area"), help_text=gettext_lazy("Name or code."))
    point = forms.ChoiceField(
        label=gettext_lazy("Place on the map"),
        required=False,
        help_text=gettext_lazy(
            "Then the phone shows the way, and address, hours and telephone that are left empty here."
        ),
    )
    address = forms.CharField(label=gettext_lazy("Where it is"), max_length=120, required=False)
    phone = forms.CharField(label=gettext_lazy("Telephone of the desk"), max_length=40, required=False)
    hours = forms.CharField(
        label=gettext_lazy("Opening hours"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("In words, as they stand on the door."),
    )
    keep_days = forms.IntegerField(
        label=gettext_lazy("Keeps a reservation for days"), min_value=1, max_value=60, initial=7
    )
    open = forms.BooleanField(label=gettext_lazy("Takes reservations"), required=False, initial=True)

    def __init__(self, *args: Any, points: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["point"].choices = [("", "—"), *((str(pk), name) for pk, name in points)]  # type: ignore[attr-defined]
        if not points:
            del self.fields["point"]

    def clean_point(self) -> UUID | None:
        """The record of the place."""
        chosen = self.cleaned_data["point"]
        return UUID(chosen) if chosen else None


class StockForm(DeskForm):
    """Pieces that came to a window."""

    gift = forms.ModelChoiceField(Gift.objects.all(), label=gettext_lazy("Gift"), empty_label=gettext_lazy("Choose"))
    pieces = forms.IntegerField(label=gettext_lazy("Pieces"), min_value=1, max_value=rules.MOST_PIECES)


def reasons() -> list[tuple[str, str]]:
    """Why a count differs from the books."""
    return [
        ("broken", _("Broken")),
        ("lost", _("Missing")),
        ("found", _("More there than thought")),
        ("given_back", _("Brought back")),
        ("mistyped", _("Delivery typed wrong")),
    ]


class PublishForm(DeskForm):
    """From which day on the rules count."""

    valid_from = forms.DateField(
        label=gettext_lazy("Counts from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class StatementForm(DeskForm):
    """A statement for the unit one works in."""

    home_unit = forms.CharField(label=gettext_lazy("The unit you work in"), max_length=80)
    area = forms.ModelChoiceField(
        Area.objects.filter(level="community", valid_to=None).order_by("first"),
        label=gettext_lazy("Community that confirms"),
        empty_label=gettext_lazy("Choose"),
    )
    period = forms.ChoiceField(label=gettext_lazy("Period"))
    agreed = forms.BooleanField(
        label=gettext_lazy("The community may see which points I got in this period."), required=False
    )
    shown = forms.BooleanField(
        label=gettext_lazy("The secretary of my unit may open the confirmed sheet."),
        required=False,
        help_text=gettext_lazy(
            "Nobody else of the unit. Each look is noted and you see it; you can end it at any time."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            ("quarter", _("This quarter")),
            ("last_quarter", _("Last quarter")),
            ("half", _("This half year")),
            ("last_half", _("Last half year")),
            ("year", _("This year")),
            ("last_year", _("Last year")),
        ]
