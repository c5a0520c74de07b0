"""Words that somebody typed, inside the address of a page.

A search stays in the address, so that going back, reloading and passing the link on show the same. But addresses end in the
logs of servers and proxies and in the history of browsers, and what is typed there may be a name or a phone number. So
forms send the words in their body, and the address carries them encrypted with the key of fields: only this installation
reads them, and only on the page they were typed on. Otherwise who finds a colleague's search in a log would open it on a page
that anybody may read.
"""

import base64
import binascii

from liuchi.kernel.crypto import CryptoError, decrypt, encrypt

_MARK = "~"


def covered(words: str, page: str) -> str:
    """The words as they may stand in the address of a page (``inbox``, ``people``): ``~`` and the cipher in URL-safe base 64;
    nothing for no words."""
    if not words:
        return ""
    return _MARK + base64.urlsafe_b64encode(encrypt(words, _bound_to(page))).decode().rstrip("=")


def uncovered(said: str, page: str) -> str:
    """The words of an address. What was written there by hand is taken as it is; a cipher of another house or page is no
    words."""
    if not said.startswith(_MARK):
        return said
    try:
        raw = base64.urlsafe_b64decode(said[1:] + "=" * (-len(said[1:]) % 4))
        return decrypt(raw, _bound_to(page))
    except (CryptoError, binascii.Error, ValueError):
        return ""


def _bound_to(page: str) -> str:
    return f"address:{page}"
