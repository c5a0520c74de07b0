"""Hot topics of a workbook that somebody brings: a list of messages with title, time, words and likes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from liuchi.cases.topics import grouping, rules

# Heads as offices write them; the first column whose head has one of these words.
HEADS = {
    "key": ("编号", "单号", "id", "number"),
    "who": ("用户", "留言人", "来电人", "user"),
    "title": ("主题", "标题", "title", "subject"),
    "at": ("时间", "日期", "date", "time"),
    "text": ("详情", "内容", "text", "content", "words"),
    "support": ("点赞", "赞成", "likes", "for"),
}
FORMATS = ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d", "%Y-%m-%d")
READ = 300
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Message:
    """One row."""

    key: str
    who: str
    title: str
    text: str
    at: datetime
    support: int


def read(path: Path) -> list[Message]:
    """The messages of the first sheet. Raises ValueError where it has no column of titles and of times."""
    rows: list[list[Any]] = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    heads = [str(cell).strip().lower() for cell in rows[0]] if rows else []
    where = {
        name: next((at for at, head in enumerate(heads) if any(word in head for word in words)), None)
        for name, words in HEADS.items()
    }
    if where["title"] is None or where["at"] is None:
        raise ValueError("no column of titles (主题) or of times (时间) in the first row")

    def cell(row: list[Any], name: str) -> Any:
        at = where[name]
        return row[at] if at is not None and at < len(row) else ""

    found = []
    for number, row in enumerate(rows[1:], 2):
        at = _moment(cell(row, "at"))
        title = str(cell(row, "title")).strip()
        if at is None or not title:
            continue
        key = cell(row, "key")
        found.append(
            Message(
                str(int(key) if isinstance(key, float) else key or number),
                str(cell(row, "who") or number),
                title,
                _SPACE.sub("", str(cell(row, "text")))[:READ],
                at,
                _whole(cell(row, "support")),
            )
        )
    return found


def topics(messages: list[Message], most: int) -> list[dict[str, Any]]:
    """The hottest: rank, from, to, places, words, number, heat, titles, keys of the rows."""
    hot = []
    for group in grouping.groups([one.title for one in messages], [one.text for one in messages]):
        members = [messages[at] for at in group.members]
        if len(members) < rules.FEWEST:
            continue
        hot.append((rules.heat(rules.Saying(one.at, one.who, one.support) for one in members), group, members))
    hot.sort(key=lambda one: -one[0])
    return [
        {
            "rank": rank,
            "from": min(one.at for one in members).date().isoformat(),
            "to": max(one.at for one in members).date().isoformat(),
            "places": list(group.places),
            "words": list(group.words),
            "number": len(members),
            "heat": round(heat, 1),
            "titles": [one.title for one in members[:3]],
            "rows": [one.key for one in members],
        }
        for rank, (heat, group, members) in enumerate(hot[:most], 1)
    ]


def _moment(said: Any) -> datetime | None:
    if isinstance(said, datetime):
        return said
    if isinstance(said, date):
        return datetime(said.year, said.month, said.day)  # noqa: DTZ001 - the workbook's own time, compared with itself alone
    for form in FORMATS:
        try:
            return datetime.strptime(str(said).strip(), form)  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _whole(said: Any) -> int:
    try:
        return max(0, int(float(said)))
    except (TypeError, ValueError):
        return 0
