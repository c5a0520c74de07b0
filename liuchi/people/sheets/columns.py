"""The columns of the two sheets, with their heads in both languages."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

PHONES = ("手机", "手机号", "手机号码", "联系电话", "联系方式", "电话", "电话号码")


@dataclass(frozen=True, slots=True)
class Column:
    """key: used in code; head: first row of the sheet; hint: a note on the head; width in characters; also: what an
    office's own workbook may call it."""

    key: str
    head: Promise
    hint: Promise | str = ""
    width: int = 16
    needed: bool = False
    also: tuple[str, ...] = ()

    def heads(self) -> set[str]:
        """All that its head may say, in small letters."""
        return {*spoken(self.head), *self.also}


@dataclass(frozen=True, slots=True)
class Sheet:
    key: str
    title: Promise
    columns: tuple[Column, ...]


UNITS = Sheet(
    "units",
    _("Units"),
    (
        Column("name", _("Name"), _("The full name, such as 六尺街道办事处."), 28, True, ("单位", "单位名称", "部门")),
        Column("kind", _("Kind"), _("Choose from the list."), 14, True, ("单位类型", "类别")),
        Column("parent", _("Belongs to"), _("The name of the unit above; empty at the top."), 28),
        Column("area", _("Area"), _("Name or code of a street, community or grid; may stay empty."), 20),
        Column("office_phone", _("Office phone"), _("The number of the desk, nobody's own."), 18),
    ),
)
STAFF = Sheet(
    "staff",
    _("Staff"),
    (
        Column("name", _("Full name"), _("As on the duty list."), 14, True, ("姓名", "名字")),
        Column("phone", _("Mobile phone"), _("They can sign in with it. It is stored encrypted."), 16, also=PHONES),
        Column("role", _("Role"), _("Choose from the list."), 14, needed=True),
        Column("unit", _("Unit"), _("Its name, from the other sheet or already known."), 28),
        Column("area", _("Area"), _("Name or code. A grid worker needs a grid, a clerk a community."), 20),
        Column("title", _("Job title"), _("Such as 综治专干; may stay empty."), 16),
        Column("begins", _("From"), _("First day, such as 2026-11-22; empty means today."), 13),
        Column("ends", _("Until"), _("Last day; empty means without end."), 13),
        Column("username", _("Sign-in name"), _("Small letters; empty: made from the pinyin of the name."), 16),
    ),
)
SHEETS = (UNITS, STAFF)
LANGUAGES = ("zh-hans", "en")


def spoken(text: object) -> set[str]:
    """A word in all languages of the house: a workbook made in one can be read in the other."""
    out = set()
    for language in LANGUAGES:
        with override(language):
            out.add(str(text).strip().lower())
    return out
