"""Names made findable: pinyin and initials."""

from functools import lru_cache


@lru_cache(maxsize=4096)
def spelled(name: str) -> tuple[str, str]:
    """('cheng an', 'ca') of 程安; what is not Chinese stays as it is, in small letters."""
    from pypinyin import lazy_pinyin  # its tables take a moment to load: not at start

    parts = [part.strip().lower() for part in lazy_pinyin(name) if part.strip()]
    return " ".join(parts)[:200], "".join(part[0] for part in parts)[:40]
