"""Forms of the registers that people fill in on their own phones."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi.people.forms import DeskForm
from liuchi.people.registers.forms import TradeField
from liuchi.people.registers.trades import GROUPS
from liuchi.territory.models import Area


def communities() -> list[Area]:
    """The communities of the area that this installation works for."""
    home = Area.objects.filter(home=True, valid_to=None).first()
    found = Area.objects.filter(level="community", valid_to=None).defer("boundary")
    if home:
        found = found.filter(first__gte=home.first, first__lte=home.last)
    return list(found.order_by("first")[:500])


class CommunityField(forms.ModelChoiceField):
    """A community of this place, as a list: on a phone nobody types its name."""

    def __init__(self, **kwargs: Any) -> None:
        found = Area.objects.filter(level="community", valid_to=None)
        super().__init__(found, empty_label=gettext_lazy("Choose"), **kwargs)

    def refresh(self) -> None:
        self.choices = [("", _("Choose")), *[(area.pk, area.name) for area in communities()]]


class PhoneForm(DeskForm):
    """A form of the phone's pages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, CommunityField):
                field.refresh()


class JoinForm(PhoneForm):
    """Three fields, and what one agrees to."""

    trade = TradeField(GROUPS, label=gettext_lazy("What do you do?"))
    platform = forms.CharField(
        label=gettext_lazy("For which platform?"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    area = CommunityField(label=gettext_lazy("Where do you mostly work?"))
    agree = forms.BooleanField(label=gettext_lazy("I agree to be in this register"), required=False)
    news = forms.BooleanField(label=gettext_lazy("Send me news of benefits"), required=False)
    calls = forms.BooleanField(label=gettext_lazy("You may call me about services"), required=False)


class HomeForm(PhoneForm):
    """What a member says at sign-in to a branch."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=gettext_lazy("Mobile phone"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    home_branch = forms.CharField(
        label=gettext_lazy("Branch in which your membership is"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class MemberForm(PhoneForm):
    """Double registration."""

    area = CommunityField(label=gettext_lazy("In which community do you live?"))
    home_unit = forms.CharField(
        label=gettext_lazy("In which unit do you work?"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    report = forms.BooleanField(
        label=gettext_lazy("Tell my unit what I did here"),
        required=False,
        help_text=gettext_lazy("Only hours and occasions that were confirmed. You can take it back at any time."),
    )


class HomeUnitForm(MemberForm):
    """The home unit and whether it is told."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["area"]
