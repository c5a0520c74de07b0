"""What a letter says: its words without what it quotes, its pictures, and whether a machine wrote it. Pure; no Django."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from html.parser import HTMLParser

MOST_BYTES = 25 * 1024 * 1024
MOST_PICTURES = 9
MOST_SIGNS = 5000
SMALLEST_PICTURE = 6 * 1024  # smaller ones are logos and signatures
PICTURES = ("image/jpeg", "image/png", "image/webp", "image/heic", "image/heif")
TOKEN = re.compile(r"\[\s*(LC-\d{4}-\d{2}-\d{4,6})\s*#\s*([0-9A-Za-z]{10})\s*\]")


@dataclass(slots=True)
class Letter:
    """A letter, read. id: its Message-ID; sender: the bare address; left: names of attachments that are not taken."""

    id: str
    sender: str
    subject: str
    at: datetime | None
    words: str
    pictures: list[bytes] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    machine: bool = False
    references: str = ""


def read(data: bytes) -> Letter:
    """Reads the bytes of a letter; broken ones as far as it goes."""
    letter: EmailMessage = message_from_bytes(data, policy=policy.default)  # type: ignore[assignment]
    out = Letter(
        id=_head(letter, "Message-ID").strip()[:998],
        sender=parseaddr(_head(letter, "From"))[1].strip().lower(),
        subject=" ".join(_head(letter, "Subject").split())[:300],
        at=_date(_head(letter, "Date")),
        words="",
        references=f"{_head(letter, 'In-Reply-To')} {_head(letter, 'References')}"[:4000],
    )
    out.machine = is_machine(letter, out.sender)
    plain: list[str] = []
    rich: list[str] = []
    for part in letter.walk():
        kind = part.get_content_type()
        name = _file_name(part)
        if part.is_multipart():
            continue
        attached = part.get_content_disposition() == "attachment" or bool(name)
        if kind == "text/plain" and not attached:
            plain.append(_text(part))
        elif kind == "text/html" and not attached:
            rich.append(words_of_html(_text(part)))
        elif kind in PICTURES:
            picture = _bytes(part)
            inline = part.get("Content-ID") and part.get_content_disposition() != "attachment"
            if inline and len(picture) < SMALLEST_PICTURE:
                continue
            if len(out.pictures) < MOST_PICTURES:
                out.pictures.append(picture)
            else:
                out.left.append(name or kind)
        elif attached or kind not in ("text/plain", "text/html"):
            out.left.append(name or kind)
    said = "\n".join(one for one in plain if one.strip()) or "\n".join(rich)
    out.words = own_words(said)[:MOST_SIGNS]
    return out


def is_machine(letter: EmailMessage, sender: str) -> bool:
    """Whether a program wrote it: answers by themselves, bounces, lists (RFC 3834, RFC 2369, RFC 3464)."""
    said = _head(letter, "Auto-Submitted").strip().lower()
    if said and not said.startswith("no"):
        return True
    if _head(letter, "Precedence").strip().lower() in ("bulk", "list", "junk", "auto_reply"):
        return True
    if any(
        letter.get(name)
        for name in ("List-Id", "List-Unsubscribe", "List-Post", "X-Autoreply", "X-Autorespond", "X-Loop")
    ):
        return True
    if letter.get_content_type() in ("multipart/report", "message/delivery-status"):
        return True
    if letter.get("Return-Path") is not None and _head(letter, "Return-Path").strip() in ("<>", ""):
        return True
    name = sender.partition("@")[0]
    return (
        not sender
        or "@" not in sender
        or name in _MACHINES
        or name.startswith(("no-reply", "noreply", "donotreply", "bounce"))
    )


_MACHINES = frozenset({"mailer-daemon", "postmaster", "daemon", "root", "nobody"})


def _head(letter: EmailMessage, name: str) -> str:
    try:
        return str(letter.get(name, "") or "")
    except Exception:  # the parser of heads gives up on some that are broken
        return ""


def _date(said: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(said)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _file_name(part: EmailMessage) -> str:  # type: ignore[type-arg]
    try:
        return " ".join(str(part.get_filename() or "").split())[:80]
    except Exception:
        return ""


def _bytes(part: EmailMessage) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except Exception:
        return b""
    return found if isinstance(found, bytes) else b""


def _text(part: EmailMessage) -> str:
    data = _bytes(part)[: 4 * MOST_SIGNS * 10]
    for name in (part.get_content_charset() or "", "utf-8", "gb18030"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", errors="replace")


_BREAKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "table", "ul", "ol", "hr", "section"})
_QUOTES = frozenset({"blockquote"})
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript"})


class _Words(HTMLParser):
    """The text of a page: nothing of it is ever shown as HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT or tag in _QUOTES:
            self.silent += 1
        elif tag in _BREAKS:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT or tag in _QUOTES:
            self.silent = max(self.silent - 1, 0)
        elif tag in _BREAKS:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data.replace("\n", " "))


def words_of_html(html: str) -> str:
    """The plain words of HTML, without scripts, styles and what is quoted."""
    reader = _Words()
    try:
        reader.feed(html)
        reader.close()
    except Exception:  # as far as it goes
        return "".join(reader.said)
    return "".join(reader.said)


_QUOTE_BEGINS = re.compile(
    r"^\s*(?:-{2,}\s*(?:原始邮件|原邮件|回复的?邮件|转发邮件|Original Message|Forwarded message)\s*-{2,}.*"
    r"|-{6,}\s*Original\s*-{6,}"
    r"|(?:在|于)?\s*\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}.{0,120}写道\s*[:：]\s*"
    r"|On\s.{6,160}\swrote:\s*"
    r"|.{0,120}<[^<>\s]+@[^<>\s]+>\s*(?:于.{4,60})?写道\s*[:：]\s*"
    r"|_{20,})$",
    re.IGNORECASE,
)
_HEAD_BLOCK = re.compile(r"^\s*(?:发件人|From|寄件者)\s*[:：].*@?.*$", re.IGNORECASE)
_HEAD_NEXT = re.compile(r"^\s*(?:发送时间|日期|收件人|抄送|主题|时间|Sent|Date|To|Cc|Subject)\s*[:：]", re.IGNORECASE)
_SIGNATURE = re.compile(r"^(?:--\s?|—{2,}\s*)$")
_SENT_FROM = re.compile(r"^\s*(?:发自我的.{1,30}|从我的.{1,20}发送|来自.{1,20}(?:手机|邮箱).{0,10}|Sent from my .{1,30}|Get Outlook for .{1,20}|发自.{1,12}邮箱.{0,10})\s*$", re.IGNORECASE)  # fmt: skip


def own_words(text: str) -> str:
    """What this letter itself says: without what it answers to and without a signature."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").replace("\u200b", "").split("\n")
    end = len(lines)
    for at, line in enumerate(lines):
        block = _HEAD_BLOCK.match(line) and any(_HEAD_NEXT.match(one) for one in lines[at + 1 : at + 3])
        two = f"{line} {lines[at + 1].strip()}" if at + 1 < len(lines) else line  # long attributions are broken in two
        if _QUOTE_BEGINS.match(line) or block or _SIGNATURE.match(line) or (line.startswith(("On ", "在 ", "在2")) and _QUOTE_BEGINS.match(two)):  # fmt: skip
            end = at
            break
    kept = [
        line.rstrip()
        for line in lines[:end]
        if not line.lstrip().startswith((">", "&gt;")) and not _SENT_FROM.match(line)
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in kept)).replace("\x00", "").strip()


def bare_subject(subject: str) -> str:
    """Without Re:, 回复：, 转发： and our own token."""
    said = TOKEN.sub("", subject)
    return re.sub(r"^(?:\s*(?:re|fw|fwd|回复|答复|转发|回覆)\s*[:：])+\s*", "", said, flags=re.IGNORECASE).strip()


def whole(letter: Letter) -> str:
    """Subject and words as one text; a subject that says nothing is left out."""
    subject = bare_subject(letter.subject)
    if not subject or subject.strip("（()）") in ("无主题", "no subject") or letter.words.startswith(subject):
        return letter.words
    return f"{subject}\n{letter.words}".strip()


def token_in(*texts: str) -> tuple[str, str] | None:
    """(number, secret) of our token in a subject or an address with a plus: street+LC-2026-11-0417.k3f9x2a8bc@…"""
    for text in texts:
        if found := TOKEN.search(text):
            return found[1], found[2].lower()
        if found := re.search(r"\+(LC-\d{4}-\d{2}-\d{4,6})\.([0-9A-Za-z]{10})@", text, re.IGNORECASE):
            return found[1].upper(), found[2].lower()
    return None


def recipients(data: bytes) -> str:
    """To whom it went, as one text: the token may be in the address."""
    letter: EmailMessage = message_from_bytes(data[:100_000], policy=policy.default)  # type: ignore[assignment]
    return " ".join(_head(letter, name) for name in ("To", "Cc", "Delivered-To", "X-Original-To"))


def names(left: Iterable[str], most: int = 5) -> str:
    """Names of attachments for a sentence."""
    return "、".join(list(left)[:most])
