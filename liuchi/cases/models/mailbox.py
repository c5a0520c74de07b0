"""The mailbox from which requests come, and which letters were read."""

from django.db import models

from liuchi.cases.models.case import Case


class MailBox(models.Model):
    """The one mailbox that the house reads; there is at most one row. password: encrypted; problem: why the last look failed,
    in one word of ``mailbox/words.py``; done_folder: where read letters go, empty: they stay, marked as read."""

    class Security(models.TextChoices):
        TLS = "tls"
        STARTTLS = "starttls"
        PLAIN = "plain"  # within one machine only

    host = models.CharField(max_length=200)
    port = models.IntegerField(default=993)
    security = models.CharField(max_length=8, choices=Security.choices, default=Security.TLS)
    username = models.CharField(max_length=200)
    password = models.BinaryField()
    folder = models.CharField(max_length=80, default="INBOX")
    done_folder = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=200)
    on = models.BooleanField(default=True)
    looked_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=24, blank=True)

    class Meta:
        db_table = "cases_mail_box"


class MailLetter(models.Model):
    """That a letter was read, by a keyed digest of its Message-ID; so it is one request however often it is fetched. word:
    new, added, or why it was left."""

    digest = models.BinaryField(primary_key=True, max_length=32)
    word = models.CharField(max_length=16)
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "cases_mail_letter"
