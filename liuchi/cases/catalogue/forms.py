"""Forms of the catalogue's desk pages. The checks themselves stand in the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liuchi.cases.models.matter import FilingCondition, UnitRole
from liuchi.kernel.errors import Refused


class ConditionForm(forms.Form):
    """One filing condition."""

    text = forms.CharField(label=_("Filed if"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500)
    limit_value = forms.IntegerField(
        label=_("Limit"), min_value=1, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    limit_type = forms.ChoiceField(label=_("How it counts"), choices=FilingCondition.LIMIT_TYPES, initial="work_day")
    closing = forms.CharField(label=_("Done when"), max_length=120)
    unit_role = forms.ChoiceField(label=_("Lead"), choices=UnitRole.choices, initial="community")
    co_roles = forms.MultipleChoiceField(
        label=_("Helping"), choices=UnitRole.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    basis = forms.CharField(label=_("Legal basis"), max_length=120, required=False)

    def values(self) -> dict[str, Any]:
        """As the actions want them."""
        return self.cleaned_data | {"co_roles": " ".join(self.cleaned_data["co_roles"])}

    def refuse(self, refused: Refused) -> None:
        """Shows what an action said at the field it said it of."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.sentence)


class MatterForm(forms.Form):
    """A local addition. ``majors``: the classes to choose from, as (two digits, name)."""

    major = forms.ChoiceField(label=_("Class"))
    name = forms.CharField(label=_("Name"), max_length=60)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)

    def __init__(self, *args: Any, majors: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["major"].choices = majors  # type: ignore[attr-defined]

    def refuse(self, refused: Refused) -> None:
        """Shows what an action said at the field it said it of."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.sentence)
