"""What goes out to people: messages inside the house, and what is sent to where they are; how text messages go out."""

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


class Sending(models.Model):
    """One thing on its way out of the house: a mail, a text message, a push, a line in a group.

    address: where to, encrypted; address_index finds a second one for the same thing. rest: the channels that are tried in
    turn when this one can't bring it.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"  # claimed by a worker until next_at
        SENT = "sent"
        STUCK = "stuck"  # given up; a person decides
        PASSED = "passed"  # given up, and another channel has it

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.CharField(max_length=8, default="mail")
    person_id = models.UUIDField(null=True, db_index=True)
    thing = models.CharField(max_length=80)
    address = models.BinaryField()
    address_index = models.BinaryField(max_length=32)
    subject = models.CharField(max_length=120)
    body = models.TextField()
    url = models.CharField(max_length=200, blank=True)
    short = models.CharField(max_length=120, blank=True)  # what a text message says of it
    rest = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField()
    problem = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "kernel_sending"
        constraints = [models.UniqueConstraint(fields=["thing", "address_index"], name="kernel_sending_once")]
        indexes = [
            models.Index(
                fields=["next_at"], condition=models.Q(state__in=["waiting", "sending"]), name="kernel_sending_due"
            ),
            models.Index(fields=["made_at"], condition=models.Q(state="stuck"), name="kernel_sending_stuck"),
        ]

    def __str__(self) -> str:
        return self.subject


class Gateway(models.Model):
    """By whom text messages go out (短信网关), as an administrator set it up. There is one at most.

    address: of the provider's interface, https. secret: encrypted, never shown again. template and code_template: the
    codes of the texts that the provider approved, with the one variable ``title`` and ``code``.
    """

    class Dialect(models.TextChoices):
        ALIYUN = "aliyun"  # 阿里云短信服务 Dysmsapi 2017-05-25

    dialect = models.CharField(max_length=8, choices=Dialect.choices, unique=True)
    address = models.CharField(max_length=200)
    key_id = models.CharField(max_length=80)
    secret = models.BinaryField()
    sign_name = models.CharField(max_length=40)
    template = models.CharField(max_length=40)
    code_template = models.CharField(max_length=40, blank=True)
    active = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_sms_gateway"

    def __str__(self) -> str:
        return self.dialect
