"""How long the office keeps what, where it decided otherwise than the house proposes."""

from django.db import models


class Keeping(models.Model):
    """One field of ``fields`` with the days that an administrator set."""

    name = models.CharField(max_length=40, primary_key=True)
    days = models.IntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_keeping"

    def __str__(self) -> str:
        return f"{self.name}: {self.days}"
