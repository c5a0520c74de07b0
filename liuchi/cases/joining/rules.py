"""What of a report may be read by somebody who neither made it nor works on it. Pure; no Django."""

from __future__ import annotations

import re

from liuchi.cases.masks import masked

# Words in which somebody speaks of themselves, of a household or of another person: such a report is shown without them.
_OF_PEOPLE = re.compile(
    r"我家|我妈|我爸|我爷|我奶|我老|我儿|我女|我孩|我父|我母|我丈|我爱人|我媳|我住|我是|我叫|本人|家里|家中|自家|他家|她家|人家|这家|那家|一户|某户|住户|租户|房东|租客|业主姓|"
    r"邻居|隔壁|楼上那|楼下那|对门|姓[\u4e00-\u9fff]|[\u4e00-\u9fff](?:某|先生|女士|小姐|师傅|老师|医生|大爷|大妈|阿姨|老太|老头|老板|主任|书记)|"
    r"残疾|精神病|患病|生病|癌|低保|五保|贫困|孤寡|独居|孕妇|婴儿|小孩|孩子|儿子|女儿|老公|老婆|丈夫|妻子|离婚|打人|骂人|吸毒|偷|赌|"
    r"信访|上访|党员|车牌|[\u4e00-\u9fff][A-Z][·.]?[A-Z0-9]{5,6}"
)
FLAT = re.compile(
    r"[0-9一二三四五六七八九十]+\s*(?:单元|[室户]|号房|房间|楼[0-9])|[0-9]{1,3}\s*[-–—#]\s*[0-9]{1,4}(?:\s*[-–—]\s*[0-9]{2,4})?|\b[0-9]{3,4}\b"
)
# Matters that are about somebody and not about a place: questions, fees, health, work; a person in need on the street.
NOT_A_PLACE = frozenset({"09003", *(f"980{number}" for number in range(90, 100))})


def says_nothing_personal(text: str) -> bool:
    """Whether the words may be shown to others: nothing masked in them, nobody spoken of, no flat named."""
    return bool(text) and masked(text) == text and not _OF_PEOPLE.search(text) and not FLAT.search(text)


def public_place(words: str) -> str:
    """The place down to the building: 槐荫里3幢2单元502室 -> 槐荫里3幢."""
    found = FLAT.search(words)
    return (words[: found.start()] if found else words).rstrip(" ，,·-（(")
