"""What comes from outside is checked here before an action sees it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi.kernel.errors import Refused

MOST_BYTES = 20 * 1024 * 1024


def parse_geojson(raw: bytes) -> dict[str, Any]:
    """A GeoJSON object from bytes. Raises Refused for what is too large or no JSON object."""
    if len(raw) > MOST_BYTES:
        raise Refused("too_large", _("The file is larger than 20 MB."), field="file", status=413)
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Refused("bad_geojson", _("This file can't be read as GeoJSON."), field="file") from error
    if not isinstance(found, dict):
        raise Refused("bad_geojson", _("This file can't be read as GeoJSON."), field="file")
    return found


class ShapeField(forms.CharField):
    """An outline drawn on the map: GeoJSON as text in a hidden field, cleaned to a geometry or None."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> dict[str, Any] | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            found = parse_geojson(text.encode())
        except Refused as refused:
            raise forms.ValidationError(refused.sentence) from refused
        return found


class GridsForm(forms.Form):
    """The field for a file of grids."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json,application/json"}),
    )


class DrawForm(forms.Form):
    """A form whose errors may come from an action, too."""

    def carry_out(self, action: Callable[[], Any]) -> Any:
        """Calls the action; what it refuses is shown at the field at fault, and None is returned."""
        try:
            return action()
        except Refused as refused:
            self.add_error(refused.field if refused.field in self.fields else None, refused.sentence)
            return None


class GridForm(DrawForm):
    """A new grid."""

    parent = forms.IntegerField(widget=forms.HiddenInput)
    boundary = ShapeField(
        required=True, error_messages={"required": gettext_lazy("Draw the outline on the map first.")}
    )
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=80, required=False, help_text=gettext_lazy("Left empty: its number.")
    )
    households = forms.IntegerField(
        label=gettext_lazy("Households"), min_value=0, max_value=100_000, required=False,
        help_text=gettext_lazy("Left empty: counted from the buildings inside."),
    )  # fmt: skip
    code = forms.CharField(
        label=gettext_lazy("Grid code"),
        max_length=15,
        required=False,
        help_text=gettext_lazy("15 digits. Left empty: the next free one."),
    )


class AreaForm(DrawForm):
    """Changes to an area."""

    boundary = ShapeField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    households = forms.IntegerField(label=gettext_lazy("Households"), min_value=0, max_value=100_000, required=False)
