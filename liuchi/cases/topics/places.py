"""The names of places that stand in words: compounds, roads, villages, schools - 丽发新城, 劳动东路.

No list of places is needed: a name ends with one of a few words, and begins where what stands before it changes from text to
text. Pure; no Django.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

READ = 400  # characters
LONGEST = 6  # characters before the ending
FEWEST = 2  # texts in which a name stands
SAME = 0.6  # of the texts that have the shorter name have the longer one: then the longer one is the name
FEW = 40  # texts: among so few nothing is too common
TOO_COMMON = 0.03  # of all texts: no place but a word

ENDINGS = [
    "小区",
    "花园",
    "家园",
    "新城",
    "之城",
    "公馆",
    "花苑",
    "佳苑",
    "嘉苑",
    "雅苑",
    "名苑",
    "别墅",
    "公寓",
    "山庄",
    "新村",
    "新苑",
    "国际",
    "广场",
    "大厦",
    "商城",
    "市场",
    "社区",
    "大道",
    "路",
    "街",
    "巷",
    "村",
    "苑",
    "府",
    "城",
    "湾",
    "园",
    "小学",
    "中学",
    "学校",
    "学院",
    "大学",
    "医院",
    "公园",
    "幼儿园",
    "工业园",
    "地铁站",
    "高铁站",
    "林语",
    "一期",
    "二期",
    "三期",
]
# Where a name can't begin, and what is no name though it ends like one.
_NOT_WITHIN = frozenset(
    "的了在是我你他她它们这那有和与及对从到向就都也还不没请问何为被把让给于至等及或之外内附近旁边中上下前后左右，。、；：！？第"
)
_ADMINISTRATIVE = frozenset("市区县镇省州")
_NO_NAMES = frozenset(
    [
        "小区",
        "花园",
        "家园",
        "社区",
        "道路",
        "马路",
        "街道",
        "公路",
        "铁路",
        "公园",
        "学校",
        "医院",
        "市场",
        "广场",
        "公寓",
        "农村",
        "全村",
        "本村",
        "各村",
        "该村",
        "我村",
        "旧城",
        "新城",
        "县城",
        "全城",
        "主城",
        "进城",
        "幼儿园",
        "小学",
        "中学",
        "大学",
        "学院",
        "工业园",
        "高速公路",
        "城市",
        "居民小区",
        "住宅小区",
        "老旧小区",
        "整个小区",
        "农贸市场",
        "菜市场",
        "步行街",
        "思路",
        "网路",
        "线路",
        "走路",
        "修路",
        "过路",
        "一路",
        "铁路",
        "国际",
        "商业街",
        "出路",
        "半路",
        "套路",
        "区间路",
        "商品房小区",
        "电路",
        "改路",
        "高铁站",
        "地铁站",
        "一期",
        "二期",
        "三期",
        "各小区",
        "全小区",
        "培训学校",
        "居住小区",
        "商业广场",
        "职业学院",
        "技术学院",
        "附属医院",
        "人民医院",
        "中心医院",
        "中心小学",
        "第一小学",
        "公租房小区",
        "旁小区",
        "边小区",
    ]
)
_NO_ENDING = ("政府", "线路", "道路", "公路", "铁路", "电路", "思路")
_ENDING = re.compile("|".join(sorted(map(re.escape, ENDINGS), key=len, reverse=True)))
_HAN = re.compile(r"[\u3400-\u9fff]")


def names_in(texts: Sequence[str]) -> list[list[str]]:
    """For each text the names that stand in it, each once, the longest first."""
    candidates = [list(_candidates(text[:READ])) for text in texts]
    counts: Counter[str] = Counter()
    for found in candidates:
        counts.update({name for chain in found for name in chain})
    most = max(FEW, TOO_COMMON * len(texts))
    return [_of_one(found, counts, most) for found in candidates]


def _of_one(chains: Iterable[list[str]], counts: Counter[str], most: float) -> list[str]:
    names: set[str] = set()
    for chain in chains:
        name = ""
        for longer in chain:  # from the shortest on
            if counts[longer] < FEWEST or (name and counts[longer] < SAME * counts[name]):
                break
            name = longer
        if name and name not in _NO_NAMES and not name.endswith(_NO_ENDING) and counts[name] <= most:
            names.add(_plain(name))
    kept = sorted(names, key=lambda name: (-len(name), name))
    return [name for at, name in enumerate(kept) if not any(name in other for other in kept[:at])]


def _plain(name: str) -> str:
    """丽发新城小区 is 丽发新城."""
    stem = name.removesuffix("小区")
    return stem if len(stem) > 3 and _ENDING.search(stem[-2:]) else name


def _candidates(text: str) -> Iterable[list[str]]:
    """For each ending in a text the names that it may close, from two characters before it on."""
    for found in _ENDING.finditer(text):
        start, chain = found.start(), []
        for at in range(start - 1, max(-1, start - 1 - LONGEST), -1):
            sign = text[at]
            if not _HAN.match(sign) or sign in _NOT_WITHIN or (sign in _ADMINISTRATIVE and at < start - 1):
                break
            if start - at >= 2:
                chain.append(text[at : found.end()])
        if chain:
            yield chain
