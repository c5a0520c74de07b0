"""Texts of notices in the staff's own words, and back to the original."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.notices import texts
from liuchi.notices.models import Wording
from liuchi.people.acting import acting

TITLE_MAX, BODY_MAX = 60, 300


def word(ctx: Context, key: str, language: str, title: str, body: str) -> Wording:
    """Keeps staff's own words for a text in a language. Raises Refused("unknown" | "empty" | "placeholder" | "long")."""
    ctx = acting(ctx, "notices.set_up")
    title, body = in_store(key, language, title, body)
    with transaction.atomic():
        kept = Wording.objects.select_for_update().filter(key=key, language=language).first()
        kept = kept or Wording(record=records.create("wording"), key=key, language=language)
        kept.title, kept.body = title, body
        kept.save()
        journal.write(ctx, kept.record, "wording.changed", {"key": key, "language": language})
    return kept


def in_store(key: str, language: str, title: str, body: str) -> tuple[str, str]:
    """What was written, as it is kept, once it is judged: both for the preview and for keeping it."""
    text = texts.get(key)
    if text is None or language not in dict(settings.LANGUAGES):
        raise Refused("unknown", _("This text is not there any more."), status=404)
    title, body = " ".join(title.split()), body.strip()
    if not title:
        raise Refused("empty", _("Without a title nobody sees what it is about."), field="title")
    kept = []
    for field, written, most in (("title", title, TITLE_MAX), ("body", body, BODY_MAX)):
        if len(written) > most:
            raise Refused("long", _("This is too long: at most %(n)s characters.") % {"n": most}, field=field)
        with translation.override(language):
            called = text.called()
        known = {**{label: name for name, label in called.items()}, **{name: name for name in called}}
        kept.append(_stored(written, known, called, field))
    return kept[0], kept[1]


def _stored(written: str, known: dict[str, str], called: dict[str, str], field: str) -> str:
    try:
        return texts.stored(written, known, list(called.values()))
    except ValueError as wrong:
        raise Refused("placeholder", str(wrong), field=field)


def back_to_original(ctx: Context, key: str, language: str) -> bool:
    """Drops staff's own words; whether there were some. The record stays: it says who changed what when."""
    ctx = acting(ctx, "notices.set_up")
    with transaction.atomic():
        kept = Wording.objects.select_for_update().filter(key=key, language=language).exclude(title="").first()
        if kept is None:
            return False
        kept.title = kept.body = ""
        kept.save(update_fields=["title", "body"])
        journal.write(ctx, kept.record, "wording.restored", {"key": key, "language": language})
    return True
