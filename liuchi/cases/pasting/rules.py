"""What of a pasted chat is a request: messages grouped into drafts, and each line that is in none with why. Pure; no Django."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from liuchi.cases.pasting.reading import UNREADABLE, Message, read

MOST_SIGNS = 60_000
MOST_DRAFTS = 40
# Who writes on within this says more of the same; another who names the same matter within this as well.
SAME_SPEAKER = timedelta(minutes=15)
SAME_MATTER = timedelta(hours=2)

# Why a line is in no draft; said to the clerk in `words.py`.
WHYS = ("form", "reply", "own", "joined", "system", "unreadable", "taken", "open")

_STICKER = r"(?:\[[^\[\]]{1,6}\]|[\U0001F000-\U0001FAFF\u2600-\u27BF\u2B50\ufe0f\u200d\U0001F3FB-\U0001F3FF])"
_STICKERS = re.compile(rf"(?:{_STICKER}|\s)+")
_SIGNS = re.compile(r"[\s，。！？、；：,.!?;:~～…@\"“”'()（）]+")
_ADDRESSED = re.compile(r"@\S{1,30}?(?:[\s\u2005]+|$)")
_REPLY = re.compile(
    r"(?:(?:收到|已收到|收|好|好的|好滴|好嘞|行|可以|嗯+|恩+|哦+|知道了|明白|了解|谢谢|多谢|感谢|谢谢您|谢谢你|辛苦|辛苦了|辛苦啦|"
    r"ok|okay|okk|thanks|thankyou|thx|noted|赞|顶|点赞|没问题|马上|不客气|早|早上好|大家好|晚上好|哈+|是|是的|对|对的|已阅|已读|"
    r"领导|书记|主任|网格员|社区|老师|大家|了|啦|哈|呀|您|你)){1,6}"
)
_JOINED = re.compile(
    r"(?:(?:\+|＋|加)(?:1|１|一)+|1\+|(?:还有)?(?:我们?|咱们?)(?:家|这里|这边|这儿|楼|这栋|这幢|单元){0,2}(?:也|都){0,2}(?:是|一样|这样|有|遇到|没有|没|停|不行)(?:的|了|啊|呀|呢)?|"
    r"同求|同问|同上|同感|同样|一样|一样的|附议|支持|顶|(?:我|我们|咱)家也(?:是|一样|这样|有|没有|没水|没电|停水了|停电了|不亮|漏)(?:的|了|啊)?|"
    r"(?:\d{1,3}(?:幢|栋|号楼|楼|单元)?(?:\d{1,4})?室?)也(?:是|一样|这样|有|没有)(?:的|了|啊)?|metoo|same(?:here)?)"
)
_PHONE = re.compile(r"(?<!\d)(?:\+?86[\s-]?)?(1[3-9]\d)[\s-]?(\d{4})[\s-]?(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3})[\s-]?(\d{7,8})(?!\d)")
_FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_PERSON = re.compile(rf"[{_FAMILY}][\u4e00-\u9fff]{{1,2}}")


@dataclass(slots=True)
class Draft:
    """One request as far as the chat says. joined: who said that it is the same with them; topic: what it seems to be about."""

    messages: list[Message]
    topic: str = ""
    joined: set[str] = field(default_factory=set)

    @property
    def words(self) -> str:
        """All that was written, in the order of the chat."""
        return "\n".join(message.words for message in self.messages if message.words)

    @property
    def at(self) -> datetime | None:
        """When it was first said."""
        return min((message.at for message in self.messages if message.at), default=None)

    @property
    def speakers(self) -> list[str]:
        return list(dict.fromkeys(message.speaker for message in self.messages if message.speaker))

    @property
    def pictures(self) -> int:
        return sum(message.pictures for message in self.messages)

    @property
    def lines(self) -> list[int]:
        return [number for message in self.messages for number in message.lines]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is in no draft, and why (`WHYS`). The message is kept so that the clerk can take it after all; None for form."""

    lines: tuple[int, ...]
    why: str
    message: Message | None = None


@dataclass(slots=True)
class Sorted:
    """A pasted chat: each line that is not empty is in one draft or in one of what was left out."""

    drafts: list[Draft]
    left_out: list[LeftOut]
    speakers: set[str]


def sort(
    text: str,
    now: datetime,
    zone: tzinfo,
    own: Collection[str] = (),
    topic: Callable[[str], str] = lambda _words: "",
    known: Callable[[Message], str] = lambda _message: "",
) -> Sorted:
    """Drafts of what was pasted, in the order of the chat.

    own: names by which the clerk is called in the group; topic: what words seem to be about, empty where unclear; known:
    "taken" or "open" for a message that came in an earlier paste.
    """
    found = read(text, now, zone)
    out = Sorted([], [LeftOut((number,), "form") for number in found.form], set())
    for message in found.messages:
        out.speakers |= {message.speaker} - {""}
        why = reason(message, own) or known(message)
        if why == "joined" and not out.drafts and not any(one.why in ("taken", "open") for one in out.left_out):
            why = ""  # what they join was not copied: the clerk may know
        if why:
            if why == "joined":
                _joined_by(message, out.drafts)
            out.left_out.append(LeftOut(tuple(message.lines), why, message))
        elif (draft := _home(message, out.drafts, about := topic(message.words))) is not None:
            if message.speaker not in draft.speakers and message.speaker:
                draft.joined.add(message.speaker)
            draft.messages.append(message)
            draft.topic = draft.topic or about
        else:
            out.drafts.append(Draft([message], about))
    for draft in out.drafts:
        draft.joined -= {draft.messages[0].speaker}
    return out


def reason(message: Message, own: Collection[str] = ()) -> str:
    """Why a message is no request; empty if it may be one."""
    if message.system:
        return "system"
    if message.speaker and any(name and name in message.speaker for name in own):
        return "own"
    if message.pictures:
        return "joined" if message.words and _JOINED.fullmatch(_bare(message.words)) else ""
    if not message.words:
        return "form"
    if UNREADABLE.fullmatch(message.words.strip()):
        return "unreadable"
    if _STICKERS.fullmatch(message.words):
        return "reply"
    bare = _bare(message.words)
    if not bare:
        return "reply"
    if _JOINED.fullmatch(bare):
        return "joined"
    return "reply" if _REPLY.fullmatch(bare) else ""


def _bare(words: str) -> str:
    """Without whom it addresses, stickers and signs, in small letters."""
    return _SIGNS.sub("", re.sub(_STICKER, "", _ADDRESSED.sub("", words + " "))).lower()


def _joined_by(message: Message, drafts: list[Draft]) -> None:
    """Counts who says that it is the same with them: at what they quote, else at what was said last by another."""
    quoted = next((draft for draft in reversed(drafts) if message.quoted and message.quoted in draft.words), None)
    others = [draft for draft in reversed(drafts) if message.speaker not in draft.speakers]
    other = next((draft for draft in others if draft.words), None) or next(iter(others), None)
    draft = quoted or other
    if draft is not None and message.speaker not in draft.speakers:
        draft.joined.add(message.speaker or f"#{message.lines[0]}")


def _home(message: Message, drafts: list[Draft], topic: str) -> Draft | None:
    """The draft that the message says more of: of the same speaker soon after, or of another about the same matter."""
    if message.quoted:
        for draft in reversed(drafts):
            if message.quoted in draft.words:
                return draft
    for draft in reversed(drafts):
        if message.speaker == draft.messages[-1].speaker or (message.speaker and message.speaker in draft.speakers):
            same = not (topic and draft.topic) or topic == draft.topic
            return draft if same and message.speaker and _within(draft, message, SAME_SPEAKER) else None
        if topic and topic == draft.topic and _within(draft, message, SAME_MATTER):
            return draft
    return None


def _within(draft: Draft, message: Message, most: timedelta) -> bool:
    last = draft.messages[-1].at
    return last is None or message.at is None or abs(message.at - last) <= most


def contact_in(words: str) -> str:
    """The first telephone number in the words, digits alone; nothing without one."""
    if found := _PHONE.search(words):
        return "".join(found.groups())
    return "".join(found.groups()) if (found := _LANDLINE.search(words)) else ""


def without_names(words: str, speakers: Iterable[str]) -> str:
    """The words as others may read them: whom they address is left out, names of the group's members are 王某 or ….

    A nickname that is a word or a house (路灯, 3幢) would be lost with it, so only what looks like a person's name goes.
    """
    for speaker in sorted(speakers, key=len, reverse=True):
        words = words.replace(f"@{speaker}", "")
        for name in _PERSON.findall(speaker):
            if len(name) > 1 and (name == speaker or len(name) == 3):
                words = words.replace(name, f"{name[0]}某")
    words = "\n".join(_ADDRESSED.sub("", f"{line} ").strip() for line in words.split("\n"))
    return words.strip()


def split_at(words: str, at: int) -> tuple[str, str]:
    """The words before and behind a place between two signs; at an end the first line and the others."""
    before, behind = words[:at].strip(), words[at:].strip()
    if not before or not behind:
        first, _end, rest = words.strip().partition("\n")
        return first.strip(), rest.strip()
    return before, behind
