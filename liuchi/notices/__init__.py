"""Notices: telling people what happened to what concerns them. The port by which upper apps say whom and in which words."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

if TYPE_CHECKING:
    from liuchi.kernel.journal.models import Row


class Told(NamedTuple):
    """What is said, in the language that is active. url: path of the page; short: what a text message says instead of the
    title, where that holds words which are not for the companies that carry it."""

    title: str
    body: str = ""
    url: str = ""
    short: str = ""


# Whom a row of the journal concerns, as people.Person ids. Called once for each row of the verb.
Recipients = Callable[["Row"], Collection[UUID]]
# In the language that is active: a Told, or the first three of it; None when there is nothing to say after all.
Words = Callable[["Row"], Told | tuple[str, str, str] | None]
Judge = Callable[["Row"], bool]


def never(_row: Row) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Notice:
    recipients: Recipients
    words: Words
    mail: bool = True
    hold: int = 0
    urgent: Judge = field(default=never)


class Card(NamedTuple):
    """What a group reads of a case: no words of whoever reported it, no name, no number of a phone."""

    what: str  # 新任务
    number: str
    matter: str = ""
    place: str = ""
    until: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class GroupNotice:
    """whose: the unit whose groups read it (people.Organisation), and the area whose desks do (territory.Area.first)."""

    whose: Callable[[Row], tuple[UUID | None, int | None]]
    card: Callable[[Row], Card | None]
    hold: int = 0
    urgent: Judge = field(default=never)


_notices: dict[str, list[Notice]] = {}
_groups: dict[str, list[GroupNotice]] = {}


def register(
    verb: str,
    recipients: Recipients,
    words: Words,
    *,
    mail: bool = True,
    hold: int = 0,
    urgent: Judge = never,
) -> None:
    """Tells people about a verb of the journal. A verb may have several notices for different people; whom two of them
    reach gets the first. Called from AppConfig.ready.

    mail: also told outside the house, by the channel that the person chose (mail, push, text message); else in the app alone.
    hold: seconds that it waits after the row; recipients and words are asked then, so that what was undone meanwhile is
    never told. urgent: whether it may come in the quiet hours of those who allow it.
    """
    notice = Notice(recipients, words, mail, hold, urgent)
    if notice not in _notices.setdefault(verb, []):
        _notices[verb].append(notice)


def register_group(
    verb: str,
    whose: Callable[[Row], tuple[UUID | None, int | None]],
    card: Callable[[Row], Card | None],
    *,
    hold: int = 0,
    urgent: Judge = never,
) -> None:
    """Says in the groups that a unit or a desk set up what happened. Called from AppConfig.ready."""
    notice = GroupNotice(whose, card, hold, urgent)
    if notice not in _groups.setdefault(verb, []):
        _groups[verb].append(notice)


def notices_for(verb: str, hold: int = 0) -> tuple[Notice, ...]:
    """The notices of a verb that wait so long."""
    return tuple(notice for notice in _notices.get(verb, ()) if notice.hold == hold)


def groups_for(verb: str, hold: int = 0) -> tuple[GroupNotice, ...]:
    return tuple(notice for notice in _groups.get(verb, ()) if notice.hold == hold)


def holds_of(verb: str) -> set[int]:
    """For how long notices of a verb wait; 0 among them if one does not."""
    return {notice.hold for notice in (*_notices.get(verb, ()), *_groups.get(verb, ()))}
