"""What goes out to people: messages inside the house, and mail."""

from django.db import models

from liuchi.kernel.ids import new_id


class Message(models.Model):
    """One message to one person inside the house (站内消息). thing: what it is about; one message for one thing.

    person_id: people.Person (no foreign key, the kernel is below); url: path of the page it leads to.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField()
    thing = models.CharField(max_length=80)
    title = models.CharField(max_length=120)
    body = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "kernel_message"
        constraints = [models.UniqueConstraint(fields=["person_id", "thing"], name="kernel_message_once")]
        indexes = [
            models.Index(fields=["person_id", "-written_at"], name="kernel_message_list"),
            models.Index(fields=["person_id"], condition=models.Q(read_at=None), name="kernel_message_unread"),
        ]

    def __str__(self) -> str:
        return self.title


class Mail(models.Model):
    """One e-mail on its way. The address is encrypted; address_index finds a second mail for the same thing."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"  # claimed by a worker until next_at
        SENT = "sent"
        STUCK = "stuck"  # given up; a person decides

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField(null=True, db_index=True)
    thing = models.CharField(max_length=80)
    address = models.BinaryField()
    address_index = models.BinaryField(max_length=32)
    subject = models.CharField(max_length=120)
    body = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField()
    problem = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "kernel_mail"
        constraints = [models.UniqueConstraint(fields=["thing", "address_index"], name="kernel_mail_once")]
        indexes = [
            models.Index(
                fields=["next_at"], condition=models.Q(state__in=["waiting", "sending"]), name="kernel_mail_due"
            ),
            models.Index(fields=["made_at"], condition=models.Q(state="stuck"), name="kernel_mail_stuck"),
        ]

    def __str__(self) -> str:
        return self.subject
