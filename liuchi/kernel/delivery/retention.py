"""How long messages are kept: what they told stands in the journal."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from liuchi.kernel.delivery.models import Message, Sending
from liuchi.kernel.retention.fields import Field, of_rows, register


def old_messages(before: datetime) -> QuerySet[Message]:
    return Message.objects.filter(written_at__lt=before)


def old_sendings(before: datetime) -> QuerySet[Sending]:
    """What was sent; what is stuck waits for somebody."""
    return Sending.objects.filter(made_at__lt=before, state__in=(Sending.State.SENT, Sending.State.PASSED))


def register_all() -> None:
    """Called when the program starts."""
    due, let_go = of_rows(old_messages, lambda _ctx, some: some.delete())
    title = _("Messages to people")
    register("messages.inside", Field(_("Messages"), title, _("the message was written"), 365, 30, 1095, due, let_go))
    due, let_go = of_rows(old_sendings, lambda _ctx, some: some.delete())
    title = _("What was sent by mail, text message or robot")
    register("messages.sent", Field(_("Messages"), title, _("it was sent"), 90, 7, 365, due, let_go))
