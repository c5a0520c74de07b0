"""The office's own words, asked once: which matter and which area a word of the sheet means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from liuchi.cases.models import Matter, OrderSheet
from liuchi.cases.orders import rules
from liuchi.cases.orders.reading import Sheet
from liuchi.cases.orders.rules import Order
from liuchi.cases.suggest.queries import suggest
from liuchi.territory import queries as territory

MOST = 40
Words = dict[str, dict[str, str]]


def first(sheet: Sheet, held: OrderSheet | None) -> tuple[dict[str, str], Words]:
    """What is known of a sheet before anybody said anything: what was kept for such a one, else what its heads say."""
    if held is None:
        return rules.guess(sheet.heads), {"matter": {}, "area": {}}
    there = {rules.plain(head): head for head in sheet.heads}
    columns = {name: there[rules.plain(head)] for name, head in held.columns.items()}
    return columns, {name: dict(held.words.get(name, {})) for name in ("matter", "area")}


def posted(sent: QueryDict) -> tuple[dict[str, str], Words]:
    """What the form says: columns, and of each word what it means. What was typed is a code or a name, or nothing."""
    columns = {name: sent.get(f"column_{name}", "").strip() for name in rules.HEADS}
    words: Words = {"matter": {}, "area": {}}
    by_name = {"matter": {name: code for code, name in matters()}, "area": {name: code for code, name in areas()}}
    for kind in words:
        means = sent.getlist(f"means_{kind}")
        for word, said in zip(sent.getlist(f"said_{kind}"), means, strict=False):
            name = said.strip()
            code = by_name[kind].get(name) or next((one for one in by_name[kind].values() if one == name), "")
            if word:
                words[kind][word] = code
    return {name: head for name, head in columns.items() if head}, words


def matters() -> list[tuple[str, str]]:
    """(code, name) of what is offered."""
    return list(
        Matter.objects.filter(kind="event").exclude(valid_from=None).order_by("code").values_list("code", "name")
    )


def areas() -> list[tuple[str, str]]:
    """(code, name) of the areas that work is given to."""
    root = territory.root()
    within = (root.first, root.last) if root else None
    return [(area.code, area.name) for area in territory.tree(within)]


def asked(orders: list[Order], words: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    """The words of the sheet that no matter and no area is called, the most frequent first, each with what it means so far."""
    return [
        _asked("matter", Counter(order.matter for order in orders if order.matter and not order.why), words, matters()),
        _asked("area", Counter(order.area for order in orders if order.area and not order.why), words, areas()),
    ]


def of_kept(words: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    """The same for what was kept."""
    return [
        _asked(kind, Counter(dict.fromkeys(words.get(kind, {}), 1)), words, offered)
        for kind, offered in (("matter", matters()), ("area", areas()))
    ]


def _asked(
    kind: str, said: Counter[str], words: Mapping[str, Mapping[str, str]], offered: list[tuple[str, str]]
) -> dict[str, Any]:
    names = dict(offered)
    called = set(names.values())
    own = [(word, count) for word, count in said.most_common() if word not in called][:MOST]
    known = words.get(kind, {})
    rows = []
    for at, (word, count) in enumerate(own):
        means = names.get(known.get(word, ""), "")
        if word not in known and kind == "matter":
            found = suggest(word, 1)
            means = found[0].matter.name if found and found[0].share > 0.5 else ""
        rows.append({"at": at, "word": word, "count": count, "means": means, "known": word in known})
    return {
        "kind": kind,
        "rows": rows,
        "known": sum(row["known"] for row in rows),
        "offered": [name for _code, name in offered] if rows else [],
    }
