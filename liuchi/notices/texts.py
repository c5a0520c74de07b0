"""The texts of notices, which staff may word their own way: the port where apps declare them, and how one is said.

An app declares each text once::

    PASSED_ON = texts.declare(
        "case.passed_on", gettext_lazy("To the reporter: passed on"),
        gettext_lazy("Passed on"), gettext_lazy("%(unit)s has it, to be done by %(when)s."),
        unit=(gettext_lazy("unit"), gettext_lazy("Sanitation team")), when=(…),
    )

and says it with ``PASSED_ON.say(unit=…, when=…)``, in the language that is active. An administrator who words it anew at
the desk writes ``{unit}`` under its name in their language: ``{承办单位}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from liuchi.notices import rules

Lazy = str | Promise


@dataclass(frozen=True, slots=True)
class Text:
    """label: when it is said, and to whom; names: placeholder -> (what staff call it, an example)."""

    key: str
    label: Lazy
    title: Lazy
    body: Lazy
    names: Mapping[str, tuple[Lazy, Lazy]]

    def original(self) -> tuple[str, str]:
        """Title and body as the house has them, in the language that is active."""
        return rules.in_braces(str(self.title)), rules.in_braces(str(self.body))

    def say(self, **values: object) -> tuple[str, str]:
        """Title and body: the words of the staff where there are some, else the original's."""
        from liuchi.notices.models import Wording

        language = translation.get_language() or "zh-hans"
        own = Wording.objects.filter(key=self.key, language=language).exclude(title="").first()
        title, body = (own.title, own.body) if own else self.original()
        return rules.tidy(rules.filled(title, values)), rules.tidy(rules.filled(body, values))

    def called(self) -> dict[str, str]:
        """Placeholder -> what staff call it, in the language that is active."""
        return {name: str(label) for name, (label, _example) in self.names.items()}

    def examples(self) -> dict[str, str]:
        """Placeholder -> an example, in the language that is active."""
        return {name: str(example) for name, (_label, example) in self.names.items()}

    def shown(self, template: str) -> str:
        """The template as staff read and write it: with placeholders under their names."""
        return rules.filled(template, {name: rules.braced(label) for name, label in self.called().items()})


_texts: dict[str, Text] = {}


def declare(key: str, label: Lazy, title: Lazy, body: Lazy = "", /, **names: tuple[Lazy, Lazy]) -> Text:
    """Adds a text that staff may word their own way. title and body are lazy translations with ``%(name)s``."""
    _texts[key] = Text(key, label, title, body, names)
    return _texts[key]


def get(key: str) -> Text | None:
    return _texts.get(key)


def declared() -> list[Text]:
    """All texts, as the apps declared them."""
    return list(_texts.values())


def stored(written: str, known: Mapping[str, str], called: list[str]) -> str:
    """What staff wrote, with placeholders as the program knows them. known: name in the text -> placeholder; called: the names
    to choose from. Raises ValueError with a sentence for a bad one."""
    names = _(", ").join(rules.braced(name) for name in called)
    found, loose = rules.placeholders(written)
    wrong = [name for name in found if name not in known]
    if (loose or wrong) and not called:
        raise ValueError(_("This text has no placeholders. Please take the braces out."))
    if loose:
        raise ValueError(_("A brace stands alone. A placeholder has one on each side: %(names)s.") % {"names": names})
    if wrong:
        told = {"name": rules.braced(wrong[0]), "names": names}
        raise ValueError(_("%(name)s is no placeholder of this text. There are: %(names)s.") % told)
    return rules.filled(rules.plain_braces(written), {name: rules.braced(kept) for name, kept in known.items()})
