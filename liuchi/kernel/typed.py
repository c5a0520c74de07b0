"""Words that somebody typed, inside the address of a page.

A search stays in the address, so that going back, reloading and passing the link on show the same. But addresses end in the
logs of servers and proxies and in the history of browsers, and what is typed there may be a name or a phone number. So
forms send the words in their body, and the address carries them encrypted with the key of fields: only this installation
reads them.
"""

import base64
import binascii

from liuchi.kernel.crypto import CryptoError, decrypt, encrypt

_MARK = "~"
_BOUND_TO = "address"


def covered(words: str) -> str:
    """The words as they may stand in an address: ``~`` and the cipher in URL-safe base 64; nothing for no words."""
    if not words:
        return ""
    return _MARK + base64.urlsafe_b64encode(encrypt(words, _BOUND_TO)).decode().rstrip("=")


def uncovered(said: str) -> str:
    """The words of an address. What was written there by hand is taken as it is; a cipher of another house is no words."""
    if not said.startswith(_MARK):
        return said
    try:
        raw = base64.urlsafe_b64decode(said[1:] + "=" * (-len(said[1:]) % 4))
        return decrypt(raw, _BOUND_TO)
    except (CryptoError, binascii.Error, ValueError):
        return ""
