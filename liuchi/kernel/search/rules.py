"""How text is cut for search. Chinese has no spaces, so each two neighbouring characters are one token (bigrams); a
query is found as a phrase of its own bigrams, which makes search the same as looking for a piece of the text."""

from __future__ import annotations

import unicodedata


def normal(text: str) -> str:
    """The form in which texts and queries are compared.

    Full-width signs become half-width (NFKC), capitals small; letters, digits and their marks stay, all else is a gap.
    A gap between two Latin letters or digits is one space; next to a Chinese character it is nothing, so that 六 尺 巷,
    六尺巷 and 六、尺巷 are the same.
    """
    # Folding can undo the normal form (U+1E9E), hence the second turn.
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    out: list[str] = []
    gap = False
    for sign in text:
        if unicodedata.category(sign)[0] not in "LNM":
            gap = True
            continue
        if gap and out and _is_spaced(out[-1]) and _is_spaced(sign):
            out.append(" ")
        gap = False
        out.append(sign)
    return "".join(out)


def _is_spaced(sign: str) -> bool:
    """Whether the script of the sign puts spaces between words; the ideographs and kana do not."""
    code = ord(sign)
    return not (0x2E80 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF)


def tokens(normal_text: str) -> list[str]:
    """Bigrams of a normal text, and its last character alone, so that a one-character query finds every character as
    the beginning of a token. A space is written ``_``: both databases would take it for an end."""
    signs = normal_text.replace(" ", "_")
    return [signs[index : index + 2] for index in range(len(signs))]


def query_tokens(normal_query: str) -> list[str]:
    """The bigrams of a query of two characters or more, in order."""
    return tokens(normal_query)[:-1]
