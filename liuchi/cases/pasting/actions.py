"""Every write to drafts of a pasted chat. Nothing leaves them before the clerk says so, and then by the action of every report."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liuchi.cases.models import Case, ChatDraft, ChatLine, ChatPaste
from liuchi.cases.pasting import rules, stored
from liuchi.cases.pasting.guessing import guessed, topic
from liuchi.cases.pasting.reading import Message
from liuchi.cases.pasting.stored import Content, Left, Part
from liuchi.cases.pasting.sweeping import forget, forget_of
from liuchi.kernel.context import CHINA, Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.media import actions as media
from liuchi.kernel.media.rules import MAX_BYTES
from liuchi.kernel.outbox import actions as outbox
from liuchi.people.acting import acting

MOST_PICTURES = 9


def paste(ctx: Context, text: str, own: Collection[str] = ()) -> ChatPaste:
    """Sorts a pasted chat into drafts. own: how the clerk is called in the group. Raises Refused."""
    ctx = acting(ctx, "cases.take")
    if not text.strip():
        raise Refused("empty", _("There is nothing to read in it. Copy the messages in WeChat first."), field="text")
    if len(text) > rules.MOST_SIGNS:
        raise Refused("too_long", _("This is too much at once. Copy the messages of a day or two."), field="text")
    known: dict[bytes, ChatLine] = {}

    def why_known(message: Message) -> str:
        line = known.get(stored.digest(message))
        return "" if line is None else "taken" if line.case_id else "open"

    everything = rules.sort(text, ctx.recorded_at, CHINA, own)
    messages = [message for draft in everything.drafts for message in draft.messages]
    digests = [stored.digest(message) for message in messages]
    known |= {bytes(line.digest): line for line in ChatLine.objects.filter(digest__in=digests).select_related("case")}
    found = rules.sort(text, ctx.recorded_at, CHINA, own, topic, why_known)
    if len(found.drafts) > rules.MOST_DRAFTS:
        raise Refused("too_long", _("This is too much at once. Copy the messages of a day or two."), field="text")
    rows = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n").split("\n")
    left = []
    for one in sorted(found.left_out, key=lambda one: one.lines):
        line = known.get(stored.digest(one.message)) if one.message and one.why == "taken" else None
        left.append(stored.left(one, rows, line.case.number if line and line.case else ""))
    contents = [guessed(_content(draft, found.speakers)) for draft in found.drafts]
    with transaction.atomic():
        made = ChatPaste(person_id=ctx.person, made_at=ctx.recorded_at)
        made.content = stored.closed_left(made.pk, left)
        made.save(force_insert=True)
        _add(ctx, made, contents)
    return made


def _content(draft: rules.Draft, speakers: set[str]) -> Content:
    return Content(
        words=rules.without_names(draft.words, speakers),
        parts=[
            Part(one.speaker, stored.iso(one.at), rules.without_names(one.words, speakers), stored.digest(one).hex())
            for one in draft.messages
        ],
        at=stored.iso(draft.at),
        joined=sorted(draft.joined),
        phone=rules.contact_in(draft.words),
        pictures_said=draft.pictures,
    )


def _add(ctx: Context, of: ChatPaste, contents: list[Content], order: int | None = None) -> list[ChatDraft]:
    if order is None:
        mine = ChatDraft.objects.filter(paste__person_id=ctx.person)
        order = (mine.aggregate(last=Max("order"))["last"] or 0) + 1000
    made = [ChatDraft(paste=of, order=order + 1000 * at) for at, _one in enumerate(contents)]
    lines: dict[str, ChatLine] = {}
    for draft, content in zip(made, contents, strict=True):
        for part in content.parts:
            if part.digest in lines:  # said twice in one chat
                part.digest = ""
            elif part.digest:
                digest = bytes.fromhex(part.digest)
                lines[part.digest] = ChatLine(digest=digest, draft=draft, noted_at=ctx.recorded_at)
        draft.content = stored.closed(draft.pk, content)
    ChatDraft.objects.bulk_create(made)
    ChatLine.objects.bulk_create(lines.values(), ignore_conflicts=True)
    return made


def pictures_alone(ctx: Context, files: list[Any]) -> ChatDraft:
    """A draft that has only pictures so far. Raises Refused."""
    ctx = acting(ctx, "cases.take")
    with transaction.atomic():
        made = ChatPaste(person_id=ctx.person, made_at=ctx.recorded_at)
        made.content = stored.closed_left(made.pk, [])
        made.save(force_insert=True)
        [draft] = _add(ctx, made, [Content()])
    add_pictures(ctx, draft.pk, files)
    return draft


def add_pictures(ctx: Context, draft_id: UUID, files: list[Any]) -> int:
    """Takes pictures from the clipboard into a draft; how many it has now. Raises Refused."""
    ctx = acting(ctx, "cases.take")
    keys = []
    for file in files:
        if file.size > MAX_BYTES:
            raise Refused("too_large", _("This photo is too large. Choose one below 20 MB."), status=413)
        keys.append(uuid4())
        media.receive(ctx, keys[-1], "photo", file, file.size)
    with transaction.atomic():
        draft, content = _locked(ctx, draft_id)
        if len(content.pictures) + len(keys) > MOST_PICTURES:
            raise Refused(
                "too_many", _("A request takes at most %(most)s pictures.") % {"most": MOST_PICTURES}, field="pictures"
            )
        content.pictures += [str(key) for key in keys]
        _save(draft, content)
    return len(content.pictures)


def change(ctx: Context, draft_id: UUID, said: dict[str, str]) -> None:
    """Keeps what the clerk wrote into a draft: words, place_text, place_id, phone, matter, at. Raises Refused."""
    ctx = acting(ctx, "cases.take")
    with transaction.atomic():
        draft, content = _locked(ctx, draft_id)
        _save(draft, replace(content, **said))  # type: ignore[arg-type]


def merge(ctx: Context, draft_id: UUID) -> UUID:
    """Puts a draft to the one above it; which that is. Raises Refused for the first."""
    ctx = acting(ctx, "cases.take")
    with transaction.atomic():
        draft, content = _locked(ctx, draft_id)
        mine = ChatDraft.objects.filter(paste__person_id=ctx.person, order__lt=draft.order)
        above = mine.order_by("-order").first()
        if above is None:
            raise Refused("no_draft", _("There is no draft above this one."))
        above, first = _locked(ctx, above.pk)
        _save(above, stored.together(first, content))
        ChatLine.objects.filter(draft=draft).update(draft=above)
        draft.delete()
    return above.pk


def split(ctx: Context, draft_id: UUID, at: int) -> UUID:
    """Makes two drafts of one: what stands behind a sign of the words is the second; which that is. Raises Refused."""
    ctx = acting(ctx, "cases.take")
    with transaction.atomic():
        draft, content = _locked(ctx, draft_id)
        before, behind = rules.split_at(content.words, at)
        if not behind:
            raise Refused("one_line", _("There is one line only. Put the cursor where the second request begins."))
        parts: tuple[list[Part], list[Part]] = ([], [])
        for part in content.parts:
            first = part.words.split("\n", 1)[0]
            parts[bool(first) and first in behind and first not in before].append(part)
        one = replace(content, words=before, parts=parts[0], phone=rules.contact_in(before) or content.phone)
        two = guessed(
            Content(
                words=behind,
                parts=parts[1],
                at=next((part.at for part in parts[1] if part.at), content.at),
                phone=rules.contact_in(behind),
            )
        )
        _save(draft, guessed(one, anew=True))
        following = ChatDraft.objects.filter(paste__person_id=ctx.person, order__gt=draft.order).order_by("order")
        end = following.values_list("order", flat=True).first() or draft.order + 2000
        [made] = _add(ctx, draft.paste, [two], (draft.order + end) // 2)
        moved = [bytes.fromhex(part.digest) for part in parts[1] if part.digest]
        ChatLine.objects.filter(draft=draft, digest__in=moved).update(draft=made)
    return made.pk


def drop(ctx: Context, draft_id: UUID) -> None:
    """Throws a draft away, with its pictures; the same messages may be pasted again."""
    ctx = acting(ctx, "cases.take")
    with transaction.atomic():
        draft, content = _locked(ctx, draft_id)
        forget(draft, content)


def take_after_all(ctx: Context, paste_id: UUID, at: int) -> UUID:
    """Makes a draft of something that was left out, also when it came before; which it is. Raises Refused."""
    ctx = acting(ctx, "cases.take")
    with transaction.atomic():
        held = ChatPaste.objects.select_for_update().filter(pk=paste_id, person_id=ctx.person).first()
        left = stored.left_of(held) if held else []
        if held is None or not 0 <= at < len(left) or not (left[at].words or left[at].pictures):
            raise _gone()
        one = left.pop(at)
        held.content = stored.closed_left(held.pk, left)
        held.save(update_fields=["content"])
        [made] = _add(ctx, held, [guessed(_of_left(one))])
    return made.pk


def _of_left(one: Left) -> Content:
    words = rules.without_names(one.words, [one.speaker] if one.speaker else [])
    part = Part(one.speaker, one.at, words)
    return Content(words, [part], one.at, phone=rules.contact_in(words), pictures_said=one.pictures)


def send(ctx: Context, draft_id: UUID) -> Case:
    """Makes a request of a draft: said when the chat says it was written. A second time is the same request.

    Raises Refused: what the report itself refuses, and ``taken`` where a colleague sent the same messages meanwhile.
    """
    ctx = acting(ctx, "cases.take")
    draft = ChatDraft.objects.filter(pk=draft_id, paste__person_id=ctx.person).first()
    if draft is None:
        raise _gone()
    content = stored.content_of(draft)
    digests = [bytes.fromhex(part.digest) for part in content.parts if part.digest]
    others = ChatLine.objects.filter(digest__in=digests).exclude(draft=draft).select_related("case")
    if other := others.first():
        raise Refused("taken", _somebody_else(other), status=409)
    words = content.words
    if content.joined:
        count = len(content.joined)
        others_say = ngettext("%(count)s other says the same.", "%(count)s others say the same.", count)
        words = f"{words}\n{_('In the group:')}{others_say % {'count': count}}"
    body: dict[str, Any] = {
        "text": words,
        "place_text": content.place_text,
        "place_id": content.place_id,
        "place_source": "search" if content.place_id else "words",
        "phone": content.phone,
        "matter": content.matter,
    }
    at = min(content.moment or ctx.recorded_at, ctx.recorded_at)
    said = replace(ctx.happened(at), channel="wechat")
    pictures = [UUID(key) for key in content.pictures]
    answer = outbox.deliver(said, f"desk {ctx.person}", draft.pk, "case.report", body, pictures)
    case = Case.objects.select_related("area", "matter").get(pk=answer.result["id"])
    with transaction.atomic():
        ChatLine.objects.filter(draft=draft).update(draft=None, case=case, noted_at=ctx.recorded_at)
        draft.delete()
    return case


def _somebody_else(line: ChatLine) -> str:
    if line.case:
        return _("This was sent already: %(number)s.") % {"number": line.case.number}
    return _("The same messages are in another draft, perhaps a colleague’s. Throw one of the two away.")


def _locked(ctx: Context, draft_id: UUID) -> tuple[ChatDraft, Content]:
    drafts = ChatDraft.objects.select_for_update(of=("self",)).select_related("paste")
    draft = drafts.filter(pk=draft_id, paste__person_id=ctx.person).first()
    if draft is None:
        raise _gone()
    return draft, stored.content_of(draft)


def _gone() -> Refused:
    return Refused(
        "no_draft", _("This draft is not here any more: it was sent, thrown away, or is older than a day."), status=404
    )


def _save(draft: ChatDraft, content: Content) -> None:
    draft.content = stored.closed(draft.pk, content)
    draft.save(update_fields=["content"])


def clear(ctx: Context) -> None:
    """Throws everything away that this clerk pasted and did not send."""
    ctx = acting(ctx, "cases.take")
    forget_of(ctx.person)
