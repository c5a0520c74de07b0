"""Keys with which other programs come in."""

from datetime import date

from django.db import models

from liuchi.kernel.records.models import Record
from liuchi.people.models.posts import Post


class ApiToken(models.Model):
    """A key for another program (接口密钥). It acts for one post, and does no more than its scopes name and the post may:
    when the post ends, so does the key. Only a digest of it is kept; who made it stands in the journal.

    hint: its last signs, by which people tell keys apart; source: what the cases that came by it are marked with.
    """

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    name = models.CharField(max_length=60)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="tokens")
    scopes = models.CharField(max_length=200)  # by spaces
    hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=4)
    ends = models.DateField()  # the last day, included
    last_day = models.DateField(null=True)  # when it was last used; no more than the day is kept
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_api_token"

    def __str__(self) -> str:
        return self.name

    @property
    def source(self) -> str:
        return f"key-{self.pk.hex[-16:]}"

    def counts_on(self, day: date) -> bool:
        """Whether the key itself is in force; whether its post is, access says."""
        return self.revoked_at is None and day <= self.ends
