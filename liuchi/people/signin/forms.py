"""Forms of the sign-in pages."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from liuchi.people.forms import DeskForm


class SignInForm(LoginForm):
    """A name or a phone, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("Sign-in name or phone number")
        login.widget = forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        )
        self.fields["password"].label = _("Password")
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""


class NewPasswordForm(ChangePasswordForm):
    """A new password. Who just came in with a one-time password is not asked for it a second time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        if self.user.must_change:
            del self.fields["oldpassword"]
        else:
            self.fields["oldpassword"].label = _("Present password")
            self.fields["oldpassword"].help_text = ""
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = _("At least 8 characters; a short sentence is easy to keep in mind.")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SignUpForm(DeskForm):
    """An account for somebody who wants to follow reports from several phones. Reporting itself needs none."""

    name = forms.CharField(
        label=_("How shall we call you?"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Phone number"),
        max_length=30,
        help_text=_("You sign in with it. It is encrypted."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        help_text=_("At least 8 characters; a short sentence is easy to keep in mind."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    account = forms.BooleanField(
        label=_("I agree to what is written above"),
        error_messages={"required": _("Without your consent we can't keep an account.")},
    )
    call_back = forms.BooleanField(label=_("You may call me about my reports (can be left out)"), required=False)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password
