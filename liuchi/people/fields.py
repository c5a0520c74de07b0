"""Fields that the forms of several apps share: a day, a moment, as the browser's own pickers take them."""

from typing import Any

from django import forms


def day_field(**more: Any) -> forms.DateField:
    """A day, with the browser's calendar."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def moment_field(**more: Any) -> forms.DateTimeField:
    """A day and a time of day, in the time of the place."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(
        widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"], **more
    )
