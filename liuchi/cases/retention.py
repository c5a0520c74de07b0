"""How long a case keeps what is personal in it, once it is over: the number to call first, what shows faces next, who said it
and in which words later, the photos last. That there was such a case, where, what was done and how quickly, stays."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from liuchi.cases import rules
from liuchi.cases.models import Case
from liuchi.kernel.context import Context
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal.models import Side
from liuchi.kernel.media import actions as media
from liuchi.kernel.media.models import Media
from liuchi.kernel.retention.fields import Field, of_rows, register


def over(before: datetime) -> QuerySet[Case]:
    """What was closed, withdrawn or joined to another before a moment and not opened again."""
    return Case.objects.filter(closed_at__lt=before, step_due=None).exclude(state__in=rules.OPEN)


def with_contact(before: datetime) -> QuerySet[Case]:
    return over(before).filter(contact_cipher__isnull=False)


def with_reporter(before: datetime) -> QuerySet[Case]:
    return over(before).filter(Q(reporter__isnull=False) | Q(receipt_hash__isnull=False))


def with_words(before: datetime) -> QuerySet[Case]:
    said = Side.objects.filter(row__record=OuterRef("pk"), kind="personal")
    return over(before).filter(~Q(text=F("masked")) | ~Q(rating="") | Exists(said))


def with_faces(before: datetime) -> QuerySet[Media]:
    return _media(before).filter(~Q(original="") | ~Q(clear=""), kind="photo")


def recordings(before: datetime) -> QuerySet[Media]:
    return _media(before).exclude(kind="photo")


def photos(before: datetime) -> QuerySet[Media]:
    return _media(before).filter(kind="photo")


def _media(before: datetime) -> QuerySet[Media]:
    return Media.objects.filter(record__case__in=over(before))


def _forget_words(ctx: Context, some: QuerySet[Case]) -> None:
    """The words stay without names and numbers, as everybody has seen them; in the journal they are erased."""
    cases = list(some.select_related("record"))
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(text=F("masked"), rating="")
    for case in cases:
        journal.erase_record(ctx, case.record)


def register_all() -> None:
    """Called when the program starts."""
    group, closed = _("Cases"), _("the case was closed")
    kinds = (
        ("contact", _("Phone number left with a report"), 180, 30, 730, with_contact,
         lambda _ctx, some: some.update(contact_cipher=None, contact_index=None)),
        ("faces", _("Photos without covers"), 90, 30, 730, with_faces, lambda _ctx, some: media.let_go_clear(list(some))),
        ("voices", _("Voice messages and videos"), 365, 30, 1095, recordings, lambda _ctx, some: media.remove(list(some))),
        ("reporter", _("Who reported it, and the receipt"), 1095, 180, 1825, with_reporter,
         lambda _ctx, some: some.update(reporter=None, receipt_hash=None)),
        ("words", _("Words with names and numbers in them"), 1095, 180, 1825, with_words, _forget_words),
        ("photos", _("Photos as they are shown"), 1825, 365, 3650, photos, lambda _ctx, some: media.remove(list(some))),
    )  # fmt: skip
    for name, title, days, least, most, old, empty in kinds:
        due, let_go = of_rows(old, empty)
        register(f"cases.{name}", Field(group, title, closed, days, least, most, due, let_go))
