"""What was pasted from a chat and is not sent yet: encrypted, the clerk's alone, gone after a day."""

from django.db import models

from liuchi.cases.models.case import Case
from liuchi.kernel.ids import new_id
from liuchi.people.models import Person


class ChatPaste(models.Model):
    """What of one pasted chat is in no draft, with why: encrypted JSON (``pasting/stored.py``)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    content = models.BinaryField()
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "cases_chat_paste"


class ChatDraft(models.Model):
    """One request as a chat tells it, before the clerk sends it. order: where it stands on the clerk's page."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    paste = models.ForeignKey(ChatPaste, on_delete=models.CASCADE, related_name="drafts")
    order = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        db_table = "cases_chat_draft"


class ChatLine(models.Model):
    """That a message was pasted: a keyed digest of it, so that the same chat is noticed the second time. draft: whose it is
    as long as it is not sent; case: what it became."""

    digest = models.BinaryField(primary_key=True, max_length=32)
    draft = models.ForeignKey(ChatDraft, null=True, on_delete=models.CASCADE, related_name="lines")
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="+")
    noted_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "cases_chat_line"
