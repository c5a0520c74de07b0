"""Translations without gettext's programs: compiled by polib, and a check that no word lacks one."""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
_CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "gettext_noop"}
_WITH_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
_TRANSLATE = re.compile(r"""\{%\s*trans(?:late)?\s+(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')(.*?)%\}""")
_BLOCK = re.compile(r"\{%\s*blocktrans(?:late)?\b(.*?)%\}(.*?)\{%\s*endblocktrans(?:late)?\s*%\}", re.S)
_PLURAL = re.compile(r"\{%\s*plural\s*%\}")
_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def catalogues() -> list[Path]:
    """All .po files of the house."""
    return sorted(PACKAGE.glob("**/locale/*/LC_MESSAGES/django.po"))


def compile_all() -> int:
    """Writes a .mo beside each .po that is newer; returns how many there are."""
    for po in catalogues():
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            import polib

            draft = mo.with_suffix(f".{os.getpid()}")  # of two at once each finishes its own, and both are right
            polib.pofile(str(po)).save_as_mofile(str(draft))
            os.replace(draft, mo)
    return len(catalogues())


def missing() -> list[str]:
    """Words used in code and templates that no Chinese catalogue translates, as ``file: word``; fuzzy entries; and words
    that two catalogues translate differently."""
    import polib

    known: dict[str, str] = {}
    faults: list[str] = []
    for po in catalogues():
        for entry in polib.pofile(str(po)):
            if entry.obsolete:
                continue
            if entry.fuzzy or not (entry.msgstr or all(entry.msgstr_plural.values() or [""])):
                faults.append(f"{po.relative_to(PACKAGE)}: {entry.msgid!r} is not translated")
            elif "%(" in entry.msgid and _names(entry.msgid) != _names(entry.msgstr or entry.msgstr_plural[0]):
                if not entry.msgstr_plural:
                    faults.append(
                        f"{po.relative_to(PACKAGE)}: {entry.msgid!r} has other placeholders than its translation"
                    )
            if entry.msgctxt:
                known.setdefault(entry.msgid, "")
            elif (known.get(entry.msgid) or entry.msgstr) != entry.msgstr:  # Django takes one of them for all
                faults.append(f"{po.relative_to(PACKAGE)}: {entry.msgid!r} is translated otherwise elsewhere")
            else:
                known[entry.msgid] = entry.msgstr
    for path, word in used():
        if word not in known and not _from_django(word):
            faults.append(f"{path.relative_to(PACKAGE)}: {word!r} has no translation")
    return faults


def used() -> Iterator[tuple[Path, str]]:
    """Every (file, word) marked for translation."""
    for path in sorted(PACKAGE.glob("**/*.py")):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        yield from ((path, word) for word in _in_python(path.read_text()))
    for path in sorted(PACKAGE.glob("**/templates/**/*.*")):
        yield from ((path, word) for word in _in_template(path.read_text()))


def _in_python(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            first = node.args[name in _WITH_CONTEXT and len(node.args) > 1]
            if name in _CALLS | _WITH_CONTEXT and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def _in_template(source: str) -> Iterator[str]:
    for double, single, _rest in _TRANSLATE.findall(source):
        yield (double or single).replace('\\"', '"').replace("\\'", "'")
    for options, body in _BLOCK.findall(source):
        text = _VARIABLE.sub(r"%(\1)s", _PLURAL.split(body)[0])
        yield " ".join(line.strip() for line in text.strip().splitlines()) if "trimmed" in options else text


def _names(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)", text))


def _from_django(word: str) -> bool:
    """Whether Django itself or allauth translates the word into Chinese."""
    from django.utils import translation

    with translation.override("zh-hans"):
        return translation.gettext(word) != word
