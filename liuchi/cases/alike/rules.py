"""How alike two reports are, from words, matter, metres and days, and which words they share. Pure; no Django.

The weights of `score` were set on the hand-made pairs in ``tests/data/alike_pairs.csv``; `bench.alike` measures them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

LIKELY = 0.5  # from here on a pair is shown
READ = 600  # characters: what a long letter says further on is about this and that

# Characters that say nothing of the matter by themselves. A pair of two of them counts nothing, with one of them less.
FILLING = frozenset(
    "的了是在有和就都也还不没很太又被让给对从到向于与及或这那哪其某您你我他她它们个些次着过得之而所以为因但吧吗呢啊呀哦请能可会要"
    "想说来去已经再才刚好几一二两三四五六七八九十把将什么么怎样坏快人"
)
# Words that stand in every second report, and where in a house it is: what is left of a text is what it is about.
COMMON = [
    "小区",
    "街道",
    "社区",
    "附近",
    "旁边",
    "门口",
    "楼下",
    "楼上",
    "路口",
    "这里",
    "那里",
    "居民",
    "业主",
    "物业",
    "部门",
    "领导",
    "反映",
    "处理",
    "解决",
    "问题",
    "情况",
    "严重",
    "影响",
    "生活",
    "希望",
    "尽快",
    "相关",
    "政府",
    "投诉",
    "没人",
    "一直",
    "今天",
    "昨天",
    "晚上",
    "早上",
    "大家",
    "时间",
    "建议",
    "咨询",
    "关于",
    "市民",
    "现在",
    "这个",
    "我们",
    "你们",
    "他们",
    "非常",
    "危险",
    "安全",
    "出行",
    "来往",
    "行人",
    "您好",
    "你好",
    "上面",
    "下面",
    "里面",
    "外面",
    "前面",
    "后面",
    "旁",
    "一个",
    "一块",
    "一下",
    "有人",
    "老人",
    "小孩",
    "孩子",
    "不作为",
    "幼儿园",
    "学校",
]
_COMMON = "|".join(sorted(COMMON, key=len, reverse=True))
_WHERE = r"[0-9一二三四五六七八九十a-z]+(?:号楼|[幢栋座]|单元|[室层户号楼])"
_CUT = re.compile(f"{_WHERE}|{_COMMON}")
_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z]+[0-9]*|[0-9]+")
HALF_FILLING = 0.35


def _runs(text: str) -> list[str]:
    return _RUN.findall(_CUT.sub(" ", text[:READ].lower()))


def grams(text: str) -> dict[str, float]:
    """Pairs of characters (numbers and Latin words whole), each with how much it says: 0 to 1."""
    found: dict[str, float] = {}
    for run in _runs(text):
        if not "\u3400" <= run[0] <= "\u9fff":
            found[run] = 0.5  # a number may be a house or a year
            continue
        for at in range(len(run) - 1):
            pair = run[at : at + 2]
            filling = (pair[0] in FILLING) + (pair[1] in FILLING)
            if filling < 2:
                found[pair] = (1.0, HALF_FILLING)[filling]
    return found


@dataclass(frozen=True, slots=True)
class Rarity:
    """How often a pair stands in the reports of this installation: only the frequent ones are kept, as a share of reports."""

    shares: Mapping[str, float]

    def weight(self, pair: str) -> float:
        """1 for what fewer than one report in 200 says, less and less for what many say."""
        share = self.shares.get(pair, 0.0)
        return 1.0 if share <= 0.005 else max(0.1, math.log(share) / math.log(0.005))


UNKNOWN = Rarity({})


def said(text: str, rarity: Rarity = UNKNOWN) -> dict[str, float]:
    """The pairs of a text with their weights."""
    return {pair: weight * rarity.weight(pair) for pair, weight in grams(text).items()}


def words_alike(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """0 nothing in common, 1 the same pairs. What the shorter one says counts more than what the longer one adds."""
    of_one, of_other = sum(one.values()), sum(other.values())
    if not of_one or not of_other:
        return 0.0
    shared = sum(weight for pair, weight in one.items() if pair in other)
    # A pair or two of a very short text prove little.
    within = shared / max(min(of_one, of_other), 2.0)
    both = shared / (of_one + of_other - shared)
    return min(1.0, 0.65 * min(1.0, within) + 0.35 * both)


def matters_alike(one: Mapping[str, float], other: Mapping[str, float]) -> float | None:
    """How far two guesses of the matter (matter -> share) agree: 0 to 1; None where one of them has none."""
    if not one or not other:
        return None
    return min(1.0, sum(min(share, other[matter]) for matter, share in one.items() if matter in other))


def score(words: float, matter: float | None, metres: float | None, days: float, *, radius: float = 50) -> float:
    """0 to 1: how likely two reports are one. words, matter: from above; metres None: the place is alike in words alone."""
    alike = -2.0 + 5.0 * words
    if matter is not None:
        # Two sure guesses that differ speak against; a common one speaks for, even where the words are others.
        alike += 4.2 * matter - (1.5 if matter < 0.1 else 0.0)
    alike -= 0.8 if metres is None else 0.9 * min(metres / max(radius, 1.0), 2.0)
    alike -= 0.03 * min(abs(days), 60.0)
    return 1 / (1 + math.exp(-alike))


def in_common(one: str, other: str, rarity: Rarity = UNKNOWN, most: int = 3) -> list[str]:
    """The words that two texts share, those that say the most first: ``["外墙", "掉落"]``."""
    theirs = said(other, rarity)
    found: dict[str, float] = {}
    for run in _runs(one):
        if not "\u3400" <= run[0] <= "\u9fff":
            continue
        at = 0
        while at < len(run) - 1:
            end, weight = at, 0.0
            while end < len(run) - 1 and (pair := run[end : end + 2]) in theirs:
                weight += theirs[pair]
                end += 1
            if end > at:
                word = _trimmed(run[at : end + 1])
                if weight >= 0.6 and len(word) > 1:
                    found[word] = max(found.get(word, 0.0), weight)
            at = max(end, at + 1)
    best = sorted(found, key=lambda word: -found[word])
    return _without_parts(best)[:most]


def _trimmed(word: str) -> str:
    """Without what says nothing at its ends: 了外墙 -> 外墙."""
    while len(word) > 1 and word[0] in FILLING:
        word = word[1:]
    while len(word) > 1 and word[-1] in FILLING:
        word = word[:-1]
    return word


def _without_parts(words: Collection[str]) -> list[str]:
    return [word for word in words if not any(word != other and word in other for other in words)]
