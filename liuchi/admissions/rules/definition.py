"""What a programme may say (项目): its form, its checks, what it gives, its letter and its term. Pure; no Django."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from liuchi.admissions.rules.letters import GAPS, gaps_in

WHO = ("person", "rider", "business", "organisation")
FIELD_KINDS = (
    "text", "long", "choice", "several", "number", "date", "name", "phone", "platform", "photo", "place", "consent",
)  # fmt: skip
# What the house may know already: the form begins with it, and the person changes it as they like.
KNOWN_KINDS = ("name", "phone", "platform")
CHECK_ROLES = ("grid_leader", "community_clerk", "dispatcher", "secretary")
# A programme of an office must not hand out the powers of the office: the post it may give opens nobody's case.
GRANTED_ROLE = "observer"
RENEWALS = ("none", "office", "ask")
MOST = {"lessons": 5, "fields": 40, "checks": 6, "titles": 12, "grounds": 12, "gives": 6, "choices": 20}
LONGEST = {"text": 120, "long": 1000, "place": 120, "phone": 30}
PHOTOS = 6
_KEY = re.compile(r"[a-z][a-z0-9_]{0,29}\Z")


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

    @property
    def for_riders(self) -> bool:
        """Whether it speaks to riders and couriers: only they may apply, or it asks for which platform one rides."""
        return self.who == "rider" or any(one.kind == "platform" for one in self.fields)

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
        return tuple(one for one in (str(part).replace("\x00", "")[:60].strip() for part in given) if one)[:most]

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
        until=as_day(data.get("until")),
        renewal=_one_of(data.get("renewal"), RENEWALS, plain.renewal),
        renewal_days=number(data, "renewal_days", 180) or plain.renewal_days,
        grounds=texts(data, "grounds", MOST["grounds"]),
        capacity=number(data, "capacity", 100_000),
    )


def _one_of(given: Any, known: Sequence[str], default: str = "") -> str:
    return given if given in known else default or known[0]


def as_day(given: Any) -> str:
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
        if "{name}" not in said.letter_words or gaps_in(said.letter_words) - GAPS:
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
