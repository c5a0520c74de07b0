"""How django-allauth behaves here: clear sentences, our own actions for passwords and signing out, encrypted secrets."""

import base64
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi.kernel import crypto
from liuchi.kernel.context import of_request
from liuchi.people.actions import password_chosen, sign_out
from liuchi.people.models import Login
from liuchi.people.queries import home_of, login_named


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are names and phones with a password; no mail is sent to anyone."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": gettext_lazy(
            "Name and password don't fit. If you forgot the password, ask your community clerk for a new one."
        ),
        "too_many_login_attempts": gettext_lazy(
            "Too many attempts. Wait five minutes, then try again; nothing is lost."
        ),
        "enter_current_password": gettext_lazy("This is not your present password."),
    }

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords count by the account, however its name or phone is written and whatever host is asked."""
        said = str(credentials.get("username", "")).strip().lower()
        login = login_named(said)
        return f"login {login.pk}" if login else f"nobody {said}"

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        if user.is_closed(timezone.now()):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return home_of(request.user.person_id)  # type: ignore[union-attr]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return home_of(request.user.person_id)  # type: ignore[union-attr]

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        assert isinstance(user, Login)
        password_chosen(of_request(self.request, "web"), user, password)

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            sign_out(request.user)  # type: ignore[arg-type]
        super().logout(request)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nobody's address is known here, so no mail goes out."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page that follows says what happened; a second line saying it again would only be noise."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Time codes (TOTP, RFC 6238) for staff who want them; secrets are encrypted at rest."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code does not fit. Enter the six digits that your app shows now."),
    }

    def encrypt(self, text: str) -> str:
        return base64.b64encode(crypto.encrypt(text, "login.second_factor")).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.decrypt(base64.b64decode(encrypted_text), "login.second_factor")

    def get_totp_issuer(self) -> str:
        return _("Liuchi")

    def build_totp_svg(self, url: str) -> str:
        return segno.make(url, error="m").svg_inline(scale=5, border=2)
