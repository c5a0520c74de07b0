"""The life of an application and of an admission as two readable tables, and what a programme may say. Pure; no Django.

Words
    programme    项目: what one can be admitted to; data, not code
    application  申请: one person's (for oneself, a shop or a unit)
    admission    聘任、入选: what an approved application brings, for a term
    letter       聘书、证书: the paper of one term, with a number and a code by which anybody can verify it
"""

from __future__ import annotations

import calendar
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

# --- the life of an application ---------------------------------------------------------------------------------------

STATES = (
    "draft",  # 草稿: being written
    "sent",  # 已提交: nobody has looked yet
    "checking",  # 审核中: at one of its steps
    "returned",  # 退回补正: fields are marked, each with a word
    "refused",  # 未通过: with a reason; may be appealed against once
    "appealed",  # 申诉中: with another role
    "waiting",  # 候补: approved, and no place free
    "admitted",  # 已通过
    "closed",  # 维持原决定: the appeal did not change it
    "cancelled",  # 已撤回: by the applicant
)
OPEN = frozenset({"draft", "sent", "checking", "returned", "appealed", "waiting"})
# What somebody of the desk is waited for.
AT_THE_DESK = frozenset({"sent", "checking", "appealed"})

APPLICANT, CHECKER, APPEAL, PROGRAM = "applicant", "checker", "appeal", "program"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: from which states, to which, and by whom. checker: who holds the role of the step; appeal: who holds the
    role of appeals; program: follows by itself from a decision that a person made."""

    sources: frozenset[str]
    target: str
    by: str


def _turn(sources: str, target: str, by: str) -> Turn:
    return Turn(frozenset(sources.split()), target, by)


TURNS: Mapping[str, Turn] = {
    "send": _turn("draft", "sent", APPLICANT),
    "correct": _turn("returned", "checking", APPLICANT),
    "cancel": _turn("draft sent checking returned appealed waiting", "cancelled", APPLICANT),
    "pass": _turn("sent checking", "checking", CHECKER),  # this step is done, the next one begins
    "return": _turn("sent checking", "returned", CHECKER),
    "refuse": _turn("sent checking", "refused", CHECKER),
    "approve": _turn("sent checking", "admitted", CHECKER),  # at the last step; without a free place: wait
    "wait": _turn("sent checking appealed", "waiting", PROGRAM),
    "appeal": _turn("refused", "appealed", APPLICANT),  # once
    "uphold": _turn("appealed", "closed", APPEAL),
    "overturn": _turn("appealed", "admitted", APPEAL),
    "move_up": _turn("waiting", "admitted", PROGRAM),  # in the order of arrival
    "lapse": _turn("waiting", "cancelled", PROGRAM),  # what it was for is held by now, or can't be given any more
}

# --- the life of an admission -----------------------------------------------------------------------------------------

RUNNING, ENDED, WITHDRAWN, GIVEN_BACK = "running", "ended", "withdrawn", "given_back"
TERM_STATES = (RUNNING, ENDED, WITHDRAWN, GIVEN_BACK)
TERM_TURNS: Mapping[str, Turn] = {
    "renew": _turn("running", "running", CHECKER),
    "end": _turn("running", "ended", PROGRAM),  # the last day is over
    "withdraw": _turn("running", "withdrawn", CHECKER),  # on one of the grounds of the programme
    "give_back": _turn("running", "given_back", APPLICANT),
}
NOTICE_DAYS = (30, 7)


def may_turn(name: str, state: str, *, appealed: bool = False, last_step: bool = True) -> bool:
    """Whether the table allows this turn. appealed: there was an appeal already; last_step: no further check follows.
    Raises KeyError for a turn that is none."""
    if name == "appeal" and appealed:
        return False
    if name == "approve" and not last_step:
        return False
    if name == "pass" and last_step:
        return False
    return state in TURNS[name].sources


def may_turn_term(name: str, state: str) -> bool:
    """The same for an admission."""
    return state in TERM_TURNS[name].sources


STOPS = ("written", "checked", "decided", "letter")
_STOP_OF = {
    "draft": 0, "cancelled": 0, "returned": 0, "sent": 1, "checking": 1, "refused": 2, "appealed": 2, "closed": 2,
    "waiting": 2, "admitted": 3,
}  # fmt: skip


def stops(state: str) -> list[tuple[str, str]]:
    """The four stops with their marks (done, now, next)."""
    here = _STOP_OF[state]
    return [
        (stop, "done" if at < here or state == "admitted" else "now" if at == here else "next")
        for at, stop in enumerate(STOPS)
    ]


def notice_due(ends: date | None, today: date, told: int | None) -> int | None:
    """How many days before the end a notice is due now (30 or 7), or None. told: the last one that went out."""
    if ends is None or today > ends:
        return None
    left = (ends - today).days
    due = next((days for days in reversed(NOTICE_DAYS) if left <= days), None)
    return due if due is not None and (told is None or due < told) else None


# --- what a programme says --------------------------------------------------------------------------------------------

WHO = ("person", "rider", "business", "organisation")
FIELD_KINDS = ("text", "long", "choice", "several", "number", "date", "phone", "photo", "place", "consent")
CHECK_ROLES = ("grid_leader", "community_clerk", "dispatcher", "secretary")
# A programme of an office must not hand out the powers of the office: the post it may give opens nobody's case.
GRANTED_ROLE = "observer"
RENEWALS = ("none", "office", "ask")
PROGRAMME_STATES = ("draft", "open", "closed")
MOST = {"lessons": 5, "fields": 40, "checks": 6, "titles": 12, "grounds": 12, "gives": 6, "choices": 20}
LONGEST = {"text": 120, "long": 1000, "place": 120, "phone": 30}
PHOTOS = 6
_KEY = re.compile(r"[a-z][a-z0-9_]{0,29}\Z")
_GAP = re.compile(r"\{(\w+)\}")
GAPS = frozenset({"name", "title", "from", "until", "unit"})


@dataclass(frozen=True, slots=True)
class Field:
    """One question of the form."""

    key: str
    label: str
    kind: str = "text"
    required: bool = True
    help: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One step: which role (in whose area the application lies), what to look at, within how many working days."""

    role: str = "community_clerk"
    look: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Give:
    """One thing that admission gives: a kind of kernel.granting, with the programme's settings for it."""

    kind: str
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Definition:
    """All that one version of a programme says."""

    who: str = "person"
    invited: bool = False
    about: str = ""
    offers: str = ""
    fields: tuple[Field, ...] = ()
    lessons: tuple[str, ...] = ()  # codes of what one must have learnt and signed before applying
    checks: tuple[Check, ...] = (Check(),)
    appeal_role: str = "secretary"
    titles: tuple[str, ...] = ()
    gives: tuple[Give, ...] = ()
    letter_heading: str = ""  # 聘书, 证书; empty: no letter
    letter_words: str = ""
    letter_mark: str = ""  # 六街聘: what its numbers begin with
    months: int | None = None
    until: str = ""  # a fixed last day, as ISO
    renewal: str = "ask"
    renewal_days: int = 30
    grounds: tuple[str, ...] = ()
    capacity: int | None = None

    def as_data(self) -> dict[str, Any]:
        """Plain JSON, which `read` takes back."""
        return asdict(self)

    def last_day(self, begins: date) -> date | None:
        """The last day of a term that begins then; None without end."""
        if self.until:
            return date.fromisoformat(self.until)
        return last_day(begins, self.months) if self.months else None


def last_day(begins: date, months: int) -> date:
    """One day before the same day so many months later: 2026-07-26 and 12 months end on 2027-07-25."""
    year, month = divmod(begins.year * 12 + begins.month - 1 + months, 12)
    day = min(begins.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day) - timedelta(days=1)


def read(data: Mapping[str, Any]) -> Definition:
    """A definition from JSON, however incomplete: what is missing or of another type becomes the default."""
    plain = Definition()

    def text(source: Mapping[str, Any], key: str, most: int) -> str:
        return str(source.get(key) or "").replace("\x00", "")[:most].strip()

    def texts(source: Mapping[str, Any], key: str, most: int) -> tuple[str, ...]:
        given = source.get(key) or ()
        return tuple(one for one in (str(part)[:60].strip() for part in given) if one)[:most]

    def number(source: Mapping[str, Any], key: str, most: int) -> int | None:
        given = str(source.get(key) or "").strip()
        return min(int(given), most) if given.isascii() and given.isdigit() and int(given) > 0 else None

    def parts(key: str) -> Sequence[Mapping[str, Any]]:
        return [one for one in data.get(key) or () if isinstance(one, Mapping)][: MOST[key]]

    return Definition(
        who=_one_of(data.get("who"), WHO),
        invited=bool(data.get("invited")),
        about=text(data, "about", 1000),
        offers=text(data, "offers", 500),
        fields=tuple(
            Field(
                key=text(one, "key", 30),
                label=text(one, "label", 60),
                kind=_one_of(one.get("kind"), FIELD_KINDS),
                required=bool(one.get("required", True)),
                help=text(one, "help", 200),
                choices=texts(one, "choices", MOST["choices"]),
            )
            for one in parts("fields")
        ),
        checks=tuple(
            Check(
                _one_of(one.get("role"), CHECK_ROLES, "community_clerk"),
                text(one, "look", 200),
                number(one, "days", 90),
            )
            for one in parts("checks")
        ),
        appeal_role=_one_of(data.get("appeal_role"), CHECK_ROLES, plain.appeal_role),
        lessons=texts(data, "lessons", MOST["lessons"]),
        titles=texts(data, "titles", MOST["titles"]),
        gives=tuple(
            Give(text(one, "kind", 40), {str(key): value for key, value in dict(one.get("settings") or {}).items()})
            for one in parts("gives")
            if one.get("kind")
        ),
        letter_heading=text(data, "letter_heading", 12),
        letter_words=text(data, "letter_words", 400),
        letter_mark=text(data, "letter_mark", 12),
        months=number(data, "months", 120),
        until=_day(data.get("until")),
        renewal=_one_of(data.get("renewal"), RENEWALS, plain.renewal),
        renewal_days=number(data, "renewal_days", 180) or plain.renewal_days,
        grounds=texts(data, "grounds", MOST["grounds"]),
        capacity=number(data, "capacity", 100_000),
    )


def _one_of(given: Any, known: Sequence[str], default: str = "") -> str:
    return given if given in known else default or known[0]


def _day(given: Any) -> str:
    try:
        return date.fromisoformat(str(given or "")).isoformat()
    except ValueError:
        return ""


# Titles stand on letters, in lists and on the public page of a letter; political membership is shown nowhere there.
_POLITICAL = ("党员", "团员", "政治面貌")


def faults(said: Definition, kinds: Sequence[str], today: date) -> list[tuple[str, str]]:
    """What keeps a programme from being opened: (part, code). kinds: those of kernel.granting that are there."""
    found: list[tuple[str, str]] = []
    if not said.about:
        found.append(("about", "empty"))
    if not said.titles:
        found.append(("titles", "empty"))
    if not said.checks and not said.invited:
        found.append(("checks", "empty"))  # nobody would have looked: no automatic decision about a person
    for at, one in enumerate(said.fields):
        if not one.label:
            found.append((f"fields.{at}", "label"))
        if one.kind in ("choice", "several") and len(one.choices) < 2:
            found.append((f"fields.{at}", "choices"))
    told = [*said.titles, *(part for one in said.fields for part in (one.label, *one.choices))]
    if any(word in part for part in told for word in _POLITICAL):
        found.append(("titles", "political"))
    keys = [one.key for one in said.fields]
    if len(set(keys)) < len(keys) or not all(_KEY.match(key) for key in keys):
        found.append(("fields", "keys"))
    if said.checks and said.appeal_role == said.checks[-1].role:
        found.append(("appeal_role", "same"))  # who refused must not judge the appeal
    for give in said.gives:
        if give.kind not in kinds:
            found.append(("gives", f"unknown:{give.kind}"))
    if said.letter_heading:
        if "{name}" not in said.letter_words or set(_GAP.findall(said.letter_words)) - GAPS:
            found.append(("letter_words", "gaps"))
        if not said.letter_mark:
            found.append(("letter_mark", "empty"))
    if said.until and date.fromisoformat(said.until) <= today:
        found.append(("until", "past"))
    if not said.grounds:
        found.append(("grounds", "empty"))
    return found


def new_key(said: Definition) -> str:
    """A free key for one more field."""
    taken = {one.key for one in said.fields}
    return next(key for key in (f"f{at}" for at in range(1, MOST["fields"] * 2)) if key not in taken)


def filled(words: str, values: Mapping[str, str]) -> str:
    """The words of a letter with its gaps filled in; what is no gap stays."""
    return _GAP.sub(lambda found: values.get(found[1], found[0]), words)


# --- what somebody answers --------------------------------------------------------------------------------------------

_PHONE = re.compile(r"\+?[\d\s\-]{7,30}\Z")


def checked_answers(
    said: Definition, given: Mapping[str, Any], *, sending: bool
) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers as they are kept, and what is wrong with them: key -> code (required, choice, number, date, phone,
    long, photos). sending: what is required must be there; a draft may lack it."""
    kept: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for one in said.fields:
        value, code = _checked(one, given.get(one.key))
        if code:
            wrong[one.key] = code
        elif value in (None, "", [], False):
            if sending and one.required:
                wrong[one.key] = "required"
        else:
            kept[one.key] = value
    return kept, wrong


def _checked(one: Field, given: Any) -> tuple[Any, str]:
    if one.kind == "consent":
        return bool(given), ""
    if one.kind in ("several", "photo"):
        values = [str(part) for part in given] if isinstance(given, list | tuple) else []
        if one.kind == "several":
            return [part for part in one.choices if part in values], "" if set(values) <= set(one.choices) else "choice"
        return values, "photos" if len(values) > PHOTOS or not all(_is_uuid(part) for part in values) else ""
    if one.kind == "place" and isinstance(given, Mapping):
        return _place(given)
    text = str(given if given is not None else "").replace("\x00", "").strip()
    if not text:
        return "", ""
    if len(text) > LONGEST.get(one.kind, 120):
        return text, "long"
    if one.kind == "choice":
        return text, "" if text in one.choices else "choice"
    if one.kind == "number":
        return text, "" if re.fullmatch(r"\d{1,9}(\.\d{1,2})?", text, re.ASCII) else "number"
    if one.kind == "date":
        return _day(text), "" if _day(text) else "date"
    if one.kind == "phone":
        return text, "" if _PHONE.match(text) else "phone"
    return text, ""


def _place(given: Mapping[str, Any]) -> tuple[Any, str]:
    """Words, or ``{"words", "lon", "lat"}`` where there is a dot as well (WGS-84)."""
    text = str(given.get("words") or "").replace("\x00", "").strip()
    if len(text) > LONGEST["place"]:
        return text, "long"
    if given.get("lon") in (None, "") or given.get("lat") in (None, ""):
        return text, ""
    try:
        lon, lat = round(float(given["lon"]), 6), round(float(given["lat"]), 6)
    except (TypeError, ValueError):
        return text, "spot"
    if not (-180 <= lon <= 180 and -85 <= lat <= 85):  # not a number is neither
        return text, "spot"
    return {"words": text, "lon": lon, "lat": lat}, ""


def spot_of(answer: Any) -> tuple[float, float] | None:
    """The dot of an answer to a question for a place, if one was put on the map."""
    return (answer["lon"], answer["lat"]) if isinstance(answer, Mapping) and "lon" in answer else None


def as_granted(said: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as what is granted reads them: places in words, and the first dot on the map as ``lon`` and ``lat``."""
    out: dict[str, Any] = {}
    spots = []
    for key, value in answers.items():
        out[key] = value["words"] if isinstance(value, Mapping) and "words" in value else value
    for one in said.fields:
        spot = spot_of(answers.get(one.key)) if one.kind == "place" else None
        if spot:
            spots.append(spot)
    if spots:
        out["lon"], out["lat"] = spots[0]
    return out


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


# --- numbers, codes and names -----------------------------------------------------------------------------------------

# 31 signs without those that look alike; 12 of them hold 59 random bits.
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 12


def new_code() -> str:
    """A code to verify a letter by: 59 random bits, ``abcd-efgh-jkmn``."""
    code = "".join(secrets.choice(_SIGNS) for _place in range(CODE_LENGTH))
    return "-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def clean_code(said: str) -> str:
    """The code as it was given out, from what a person typed; empty if it can't be one."""
    code = re.sub(r"[\s\-－—]", "", said).lower()
    if len(code) != CODE_LENGTH or any(sign not in _SIGNS for sign in code):
        return ""
    return "-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def letter_number(mark: str, year: int, number: int) -> str:
    """As offices number what they issue: 六街聘〔2026〕12号."""
    return f"{mark}〔{year}〕{number}号"


def masked_name(name: str) -> str:
    """王* for 王小明, 欧阳* for 欧阳小明, C* for Cheng: enough to compare with the person who shows the letter. Shops and
    units are shown as they are."""
    name = name.strip()
    if not name:
        return ""
    family = name[:2] if name[:2] in _DOUBLE_NAMES and len(name) > 2 else name[:1]
    return family + "*" * max(1, min(len(name) - len(family), 3))


def same_name(one: str, other: str) -> bool:
    """Whether two people's names are the same as people write them: without spaces and dots, in any case."""
    plain = [re.sub(r"[\s·•．.\-]", "", name).casefold() for name in (one, other)]
    return plain[0] == plain[1]


_DOUBLE_NAMES = frozenset(
    ("欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "夏侯", "慕容", "端木")
)

# Figures that describe persons are told from five on.
FEWEST = 5


def told(count: int) -> str:
    """A figure of persons: itself, or ``<5``."""
    return str(count) if count == 0 or count >= FEWEST else f"<{FEWEST}"


def free_places(capacity: int | None, running: int) -> int | None:
    """How many more can be admitted; None without a limit."""
    return None if capacity is None else max(0, capacity - running)
