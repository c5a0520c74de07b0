"""Persons and their logins, consents, and the log of looks."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from liuchi.kernel.records.models import Record


class Person(models.Model):
    """A human being whom the house knows. Not a login: most people who report never have one.

    Phone and identity number are encrypted; the `*_index` columns are keyed digests (blind index) that find an exact
    number without decrypting anything. After erasure the row stays, without a single value of the person.
    """

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    name = models.CharField(max_length=80, blank=True)
    pinyin = models.CharField(max_length=200, blank=True)
    initials = models.CharField(max_length=40, blank=True)
    phone_cipher = models.BinaryField(null=True, blank=True)
    phone_index = models.BinaryField(max_length=32, null=True, blank=True, db_index=True)
    # when an officer saw that the number is this person's; a number that somebody typed in at signing up proves nothing
    phone_checked_at = models.DateTimeField(null=True, blank=True)
    id_cipher = models.BinaryField(null=True, blank=True)
    id_index = models.BinaryField(max_length=32, null=True, blank=True, db_index=True)
    language = models.CharField(max_length=12, default="zh-hans")
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name or str(_("Erased person"))


class LoginManager(BaseUserManager["Login"]):
    """Finds a login by its name, written large or small."""

    def get_by_natural_key(self, username: str | None) -> "Login":
        return self.select_related("person").get(username=(username or "").strip().lower())


class Login(AbstractBaseUser):
    """The door key of a person: a name and a password. `must_change` holds until a one-time password is replaced."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="login")
    username = models.CharField(max_length=60, unique=True)
    is_active = models.BooleanField(default=True)
    must_change = models.BooleanField(default=False)
    one_time_until = models.DateTimeField(null=True, blank=True)

    objects = LoginManager()

    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.username

    def is_closed(self, at: datetime) -> bool:
        """True if it was ended, or its one-time password was not used in time."""
        return not self.is_active or bool(self.must_change and self.one_time_until and self.one_time_until <= at)


class Consent(models.Model):
    """A person's yes to one purpose under one version of its text (PIPL art. 14-15); withdrawing ends it, never blocks reporting."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)
    text_version = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField()
    how = models.CharField(max_length=12, default="self")  # by themselves here, or as Registration.How says
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=models.Q(withdrawn_at=None), name="people_one_open_consent"
            )
        ]


class Counted(models.Model):
    """What sign-in counts (signin.counts): wrong passwords and codes, by a digest of whom they were tried for."""

    key = models.CharField(max_length=64, primary_key=True)
    value = models.TextField()
    until = models.FloatField(db_index=True)  # seconds since 1970


class Look(models.Model):
    """One look at a sensitive value: who saw what of whom, when, and in the course of which duty."""

    at = models.DateTimeField(db_index=True)
    # whose value it is; nobody where that tie would itself tell something, as with members: then the record says it
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="looked_at")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    by_post = models.ForeignKey("people.Post", on_delete=models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=20)
    duty = models.CharField(max_length=60)  # the ability under which it was shown, such as cases.call_back
    record_id = models.UUIDField(null=True, blank=True, db_index=True)  # the record in whose course it happened

    class Meta:
        ordering = ["-at"]
