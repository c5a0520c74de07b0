"""Forms of the registers at the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi.people.access import Actor
from liuchi.people.fields import day_field, moment_field
from liuchi.people.forms import AreaField, DeskForm, UnitField
from liuchi.people.models import Registration, TradeBranch
from liuchi.people.registers.queries.groups import branches_that_serve
from liuchi.people.registers.trades import BUSINESSES, GROUPS, Trades
from liuchi.territory.models import Area

NOTHING = [("", "—")]


class TradeField(forms.ChoiceField):
    """One of the trades that are offered now; and the one that something has already."""

    def __init__(self, trades: Trades, **more: Any) -> None:
        self.trades = trades
        super().__init__(choices=self._offered, **more)

    def _offered(self) -> list[tuple[str, Any]]:
        return [("", gettext_lazy("Choose")), *self.trades.offered().items()]

    def keep(self, code: str) -> None:
        """Offers a trade that is no longer offered to what has it."""
        if code in self.trades and code not in self.trades.offered():
            self.choices = [*self._offered(), (code, self.trades[code])]


class TradeNameForm(DeskForm):
    """What a trade is called."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=20)


class ReachField(AreaField):
    """An area that lies within somebody's reach for an ability."""

    def within(self, actor: Actor, ability: str) -> None:
        self.actor, self.ability = actor, ability

    def clean(self, value: Any) -> Area | None:
        area = super().clean(value)
        if area is not None and not self.actor.may(self.ability, area):
            raise forms.ValidationError(_("This area is not yours to register in."))
        return area


class ActorForm(DeskForm):
    """A form whose areas are those of the actor."""

    ability = ""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, ReachField):
                field.within(actor, self.ability)


class BusinessForm(ActorForm):
    """A shop or firm."""

    ability = "businesses.edit"
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, help_text=gettext_lazy("As on the sign."))
    trade = TradeField(BUSINESSES, label=gettext_lazy("Trade"))
    area = ReachField(label=gettext_lazy("Area"), help_text=gettext_lazy("Name or code of the community or grid."))
    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Road and number. What the map knows gets its dot there."),
    )
    keeper_name = forms.CharField(label=gettext_lazy("Keeper"), max_length=80, required=False)
    office_phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("It is stored encrypted."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    licence = forms.CharField(
        label=gettext_lazy("Licence number"),
        max_length=24,
        required=False,
        help_text=gettext_lazy("18 signs; may stay empty."),
    )
    chain_link = forms.CharField(
        label=gettext_lazy("Link of the chain"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Such as 包装印刷; may stay empty."),
    )
    organisation = UnitField(label=gettext_lazy("Unit in the tree"), required=False)
    consent = forms.BooleanField(label=gettext_lazy("The keeper agreed to be shown to everybody"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trade"].keep(self.initial.get("trade", ""))  # type: ignore[attr-defined]


class WorkerForm(ActorForm):
    """Somebody of a new-employment group, written down at a station with their yes."""

    ability = "registers.edit"
    name = forms.CharField(label=gettext_lazy("Full name"), max_length=80)
    phone = forms.CharField(
        label=gettext_lazy("Mobile phone"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("It tells two people of one name apart. It is stored encrypted."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    trade = TradeField(GROUPS, label=gettext_lazy("Trade"))
    platform = forms.CharField(label=gettext_lazy("Platform"), max_length=40, required=False)
    area = ReachField(
        label=gettext_lazy("Area of work"), help_text=gettext_lazy("Name or code of a street, community or grid.")
    )
    branch = forms.ModelChoiceField(
        TradeBranch.objects.none(),
        label=gettext_lazy("Branch"),
        required=False,
        empty_label="—",
        help_text=gettext_lazy("Empty: the branch of this trade there."),
    )
    vehicle = forms.ChoiceField(
        label=gettext_lazy("Vehicle"), choices=[*NOTHING, *Registration.Vehicle.choices], required=False
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How they agreed"),
        choices=[("", gettext_lazy("Choose")), *[way for way in Registration.How.choices if way[0] != "self"]],
    )
    agreed = forms.MultipleChoiceField(
        label=gettext_lazy("What they agreed to"), widget=forms.CheckboxSelectMultiple, choices=[]
    )

    def __init__(self, *args: Any, purposes: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].choices = purposes  # type: ignore[attr-defined]
        self.fields["branch"].queryset = branches_that_serve(kwargs["actor"])  # type: ignore[attr-defined]


class EntryForm(ActorForm):
    """What of an entry may be corrected."""

    ability = "registers.edit"
    platform = forms.CharField(label=gettext_lazy("Platform"), max_length=40, required=False)
    area = ReachField(label=gettext_lazy("Area of work"))
    branch = forms.ModelChoiceField(
        TradeBranch.objects.none(), label=gettext_lazy("Branch"), required=False, empty_label="—"
    )
    vehicle = forms.ChoiceField(
        label=gettext_lazy("Vehicle"), choices=[*NOTHING, *Registration.Vehicle.choices], required=False
    )

    def __init__(self, *args: Any, trade: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].queryset = branches_that_serve(kwargs["actor"]).filter(trade=trade)  # type: ignore[attr-defined]


class BranchForm(ActorForm):
    """A branch by trade."""

    ability = "branches.edit"
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    trade = TradeField(GROUPS, label=gettext_lazy("Trade"))
    area = ReachField(label=gettext_lazy("Area it serves"))
    parent = UnitField(label=gettext_lazy("Belongs to"), required=False)


class ServedForm(DeskForm):
    """What a branch did."""

    title = forms.CharField(label=gettext_lazy("What was it?"), max_length=80)
    on = day_field(label=gettext_lazy("Day"))
    occasions = forms.IntegerField(label=gettext_lazy("How many were served"), min_value=1, max_value=100_000)


class ClaimPostForm(ActorForm):
    """A post to be claimed."""

    ability = "service.edit"
    title = forms.CharField(label=gettext_lazy("What is to be done?"), max_length=60)
    area = ReachField(label=gettext_lazy("Community"))
    where = forms.CharField(label=gettext_lazy("Where?"), max_length=120)
    places = forms.IntegerField(label=gettext_lazy("For how many people"), min_value=1, max_value=500)
    begins = moment_field(label=gettext_lazy("From"))
    ends = moment_field(label=gettext_lazy("Until"))
    words = forms.CharField(
        label=gettext_lazy("What else one should know"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PeriodForm(DeskForm):
    """The period of a statement: a half year or a year, never single days."""

    period = forms.ChoiceField(label=gettext_lazy("Period"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            ("half", _("This half year")),
            ("last_half", _("Last half year")),
            ("year", _("This year")),
            ("last_year", _("Last year")),
        ]
