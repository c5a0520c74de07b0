"""The mailbox over IMAP: which letters are unread, their bytes, and marking one as done. Nothing is deleted."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import parseaddr

SECONDS = 15


class Unreachable(Exception):
    """The mailbox could not be read. word: why, of ``words.PROBLEMS``."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True, slots=True)
class Where:
    """How to reach a mailbox."""

    host: str
    port: int
    security: str
    username: str
    password: str
    folder: str = "INBOX"
    done_folder: str = ""


class Box:
    """An open mailbox. Letters are named by their UID, so that a number means one letter."""

    def __init__(self, imap: imaplib.IMAP4, where: Where) -> None:
        self.imap, self.where = imap, where

    def unread(self) -> list[str]:
        """UIDs of letters that nobody read, the oldest first."""
        _kind, found = self._ask(self.imap.uid("SEARCH", None, "UNSEEN"))  # type: ignore[arg-type]
        return sorted((found[0] or b"").decode().split(), key=int)

    def senders(self, uids: list[str]) -> dict[str, str]:
        """Who wrote each of some letters, as its head says."""
        if not uids:
            return {}
        _kind, found = self._ask(self.imap.uid("FETCH", ",".join(uids), "(UID BODY.PEEK[HEADER.FIELDS (FROM)])"))
        out = {}
        for one in found:
            if isinstance(one, tuple) and (uid := re.search(rb"UID (\d+)", one[0])):
                out[uid[1].decode()] = parseaddr(one[1].decode("utf-8", errors="replace").partition(":")[2])[1].lower()
        return out

    def size(self, uid: str) -> int:
        """Bytes of a letter, as the server says."""
        _kind, found = self._ask(self.imap.uid("FETCH", uid, "(RFC822.SIZE)"))
        said = re.search(rb"RFC822\.SIZE (\d+)", b" ".join(one for one in found if isinstance(one, bytes)))
        return int(said[1]) if said else 0

    def letter(self, uid: str) -> bytes | None:
        """The bytes of a letter, which stays unread; None if it is gone."""
        _kind, found = self._ask(self.imap.uid("FETCH", uid, "(BODY.PEEK[])"))
        return next((bytes(one[1]) for one in found if isinstance(one, tuple)), None)

    def flag(self, uid: str) -> None:
        """Marks a letter as read and for somebody to look at; it stays."""
        self._ask(self.imap.uid("STORE", uid, "+FLAGS", r"(\Seen \Flagged)"))

    def done(self, uid: str) -> None:
        """Marks a letter as read, and moves it where read ones go."""
        self._ask(self.imap.uid("STORE", uid, "+FLAGS", r"(\Seen)"))
        if folder := self.where.done_folder:
            quoted = '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
            with suppress(imaplib.IMAP4.error):
                self.imap.create(quoted)
            kind, _said = self.imap.uid("COPY", uid, quoted)
            if kind == "OK":
                self.imap.uid("STORE", uid, "+FLAGS", r"(\Deleted)")
                self.imap.expunge()

    def _ask(self, answer: tuple[str, list]) -> tuple[str, list]:  # type: ignore[type-arg]
        if answer[0] != "OK":
            raise Unreachable("answer")
        return answer


@contextmanager
def opened(where: Where) -> Iterator[Box]:
    """Opens the mailbox. Raises Unreachable."""
    imap: imaplib.IMAP4 | None = None
    try:
        safe = ssl.create_default_context()
        if where.security == "tls":
            imap = imaplib.IMAP4_SSL(where.host, where.port, ssl_context=safe, timeout=SECONDS)
        else:
            imap = imaplib.IMAP4(where.host, where.port, timeout=SECONDS)
            if where.security == "starttls":
                imap.starttls(safe)
        try:
            imap.login(where.username, where.password)
        except imaplib.IMAP4.error:
            raise Unreachable("login") from None
        kind, _said = imap.select('"' + where.folder.replace('"', "") + '"')
        if kind != "OK":
            raise Unreachable("folder")
        yield Box(imap, where)
    except ssl.SSLError:
        raise Unreachable("certificate") from None
    except OSError:
        raise Unreachable("network") from None
    except imaplib.IMAP4.error:
        raise Unreachable("answer") from None
    finally:
        if imap is not None:
            with suppress(Exception):
                imap.logout()
