"""Finds a login by its name or by the phone number of its person."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone

from liuchi.people.models import Login
from liuchi.people.queries import login_named


class SignIn(AuthenticationBackend):
    """Name or phone, and password. A one-time password that is over opens nothing."""

    def _authenticate_by_username(self, username: str, password: str) -> AbstractBaseUser | None:
        return self._check_password(login_named(username), password)

    def user_can_authenticate(self, user: Login) -> bool:  # type: ignore[override]
        return not user.is_closed(timezone.now())

    def get_user(self, user_id: int) -> Login | None:
        """The login of a session, with its person: pages greet by name."""
        return Login.objects.select_related("person").filter(pk=user_id, is_active=True).first()
