"""Forms of notices."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi.kernel.delivery import aliyun
from liuchi.notices.models import Robot
from liuchi.people.forms import AreaField, DeskForm, UnitField

HOURS = range(6, 23)
NOW = "now"


def _time_of(text: str) -> time:
    hour, minute = text.split(":")
    return time(int(hour), int(minute))


def _time_field(label: Any) -> forms.TypedChoiceField:
    """A time of day, to the half hour: a list reads the same in every browser, 22:00 and not 10 PM."""
    times = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30)]
    return forms.TypedChoiceField(
        label=label, required=False, coerce=_time_of, empty_value=None,
        choices=[("", gettext_lazy("none"))] + [(one, one) for one in times],
    )  # fmt: skip


class ChoiceForm(DeskForm):
    """When one is told; by which ways stands beside it."""

    every = forms.BooleanField(label=gettext_lazy("Send it by each of them, not only by the first"), required=False)
    quiet_from = _time_field(gettext_lazy("Quiet from"))
    quiet_until = _time_field(gettext_lazy("until"))
    urgent_passes = forms.BooleanField(label=gettext_lazy("What is urgent may ring all the same"), required=False)
    digest_at = forms.TypedChoiceField(
        label=gettext_lazy("How often to tell me"), coerce=lambda hour: None if hour == NOW else time(int(hour))
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        once = _("Once a day, at %(hour)s:00")
        self.fields["digest_at"].choices = [  # type: ignore[attr-defined]
            (NOW, _("Each at once")),
            *((str(hour), once % {"hour": hour}) for hour in HOURS),
        ]


class MailAddressForm(DeskForm):
    """Where mail goes."""

    address = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )


class CodeForm(DeskForm):
    """The six digits."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )


class TextForm(DeskForm):
    """A text of a notice."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    body = forms.CharField(
        label=gettext_lazy("Body text"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


def _secret(label: Any) -> forms.CharField:
    """What is entered and never shown again."""
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password", "spellcheck": "false"})
    return forms.CharField(label=label, max_length=200, required=False, widget=widget)


class GatewayForm(DeskForm):
    """Alibaba Cloud's interface for text messages."""

    key_id = forms.CharField(label="AccessKey ID", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    secret = _secret("AccessKey Secret")
    sign_name = forms.CharField(
        label=gettext_lazy("Signature of the office"),
        max_length=40,
        help_text=gettext_lazy("As the provider approved it, without brackets."),
    )
    template = forms.CharField(
        label=gettext_lazy("Template for messages"),
        max_length=40,
        help_text=gettext_lazy(
            "The code of a template with the one variable title, as: 您有一条新消息：${title}，请登录查看。"
        ),
    )
    code_template = forms.CharField(
        label=gettext_lazy("Template for codes"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("With the one variable code. Without it nobody can check a number by themselves."),
    )
    address = forms.CharField(label=gettext_lazy("Address of the interface"), max_length=200, initial=aliyun.ADDRESS)
    active = forms.BooleanField(label=gettext_lazy("Send text messages"), required=False, initial=True)

    def __init__(self, *args: Any, has_secret: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["secret"].required = not has_secret
        if has_secret:
            self.fields["secret"].help_text = _("Kept, and not shown. Leave empty to keep it.")


class RobotForm(DeskForm):
    """The robot of a group."""

    name = forms.CharField(label=gettext_lazy("Name of the group"), max_length=60)
    kind = forms.ChoiceField(label=gettext_lazy("Where it lives"), choices=Robot.Kind.choices)
    address = _secret(gettext_lazy("Webhook address"))
    secret = _secret(gettext_lazy("Secret of the signature"))
    organisation = UnitField(
        label=gettext_lazy("Unit"),
        required=False,
        help_text=gettext_lazy("The group reads what is given to this unit …"),
    )
    area = AreaField(
        label=gettext_lazy("Desk of an area"),
        required=False,
        help_text=gettext_lazy("… or what is reported in this area."),
    )
    urgent_only = forms.BooleanField(label=gettext_lazy("Only what is urgent"), required=False)

    def __init__(self, *args: Any, kept: Robot | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].required = kept is None
        keep = _("Kept, and not shown. Leave empty to keep it.")
        self.fields["secret"].help_text = (
            keep if kept and kept.secret else _("DingTalk and Feishu: choose “signature” (加签).")
        )
        self.fields["address"].help_text = keep if kept else _("Copy it from the settings of the group's robot.")
