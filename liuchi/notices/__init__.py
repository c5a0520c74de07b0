"""Notices: telling people what happened to what concerns them. The port by which upper apps say whom and in which words."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from liuchi.kernel.journal.models import Row

# Whom a row of the journal concerns, as people.Person ids. Called once for each row of the verb.
Recipients = Callable[["Row"], Collection[UUID]]
# (title, body, path of the page) in the language that is active; None when there is nothing to say after all.
Words = Callable[["Row"], tuple[str, str, str] | None]


@dataclass(frozen=True, slots=True)
class Notice:
    """mail: also by e-mail, to those who left an address and confirmed it."""

    recipients: Recipients
    words: Words
    mail: bool = True


_notices: dict[str, list[Notice]] = {}


def register(verb: str, recipients: Recipients, words: Words, *, mail: bool = True) -> None:
    """Tells people about a verb of the journal. A verb may have several notices for different people; whom two of them
    reach gets the first. Called from AppConfig.ready."""
    notice = Notice(recipients, words, mail)
    if notice not in _notices.setdefault(verb, []):
        _notices[verb].append(notice)


def notices_for(verb: str) -> tuple[Notice, ...]:
    return tuple(_notices.get(verb, ()))
