"""The table of turns as a page of the docs: a picture of the states and a list, both drawn from the table itself.

``liuchi cases turns > docs/turns.md``; a test holds the page to the table.
"""

from __future__ import annotations

import re
from inspect import getsource

from liuchi.cases import rules

INTRODUCTION = """# The turns of a case

Drawn from `rules.TURNS` in `liuchi/cases/rules.py` by `liuchi cases turns`; do not edit by hand.

A case stands in one state; a turn leads from some states to one of some others, and only who has its ability there may make it.
A turn that says *stays* changes what belongs to the case (a clock, a part, a reminder) and not its state. A turn marked with a
minute may be taken back within it by whoever made it, if nothing happened since.
"""


def page() -> str:
    """The whole page as Markdown."""
    return f"{INTRODUCTION}\n```mermaid\n{picture()}```\n\n## States\n\n{states()}\n## Turns\n\n{table()}\n{bounds()}"


def picture() -> str:
    """The moves from state to state as a Mermaid diagram; one arrow for all turns between two states."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for name, turn in rules.TURNS.items():
        for source in rules.STATES:
            for target in rules.STATES:
                if target != source and target in turn.leads(source):
                    arrows.setdefault((source, target), []).append(name)
    lines = [f"    {source} --> {target}: {', '.join(names)}\n" for (source, target), names in arrows.items()]
    return "stateDiagram-v2\n    direction LR\n    [*] --> reported\n" + "".join(lines) + "    withdrawn --> [*]\n"


def states() -> str:
    """Each state with its Chinese term, from the comments beside them, and what it waits for."""
    lines = ["| state | | waits for the office at most |\n|---|---|---|\n"]
    for state, said in _comments("STATES").items():
        limit = rules.STEP_LIMITS.get(state)
        waits = f"{limit[0]:g} {limit[1]}" if limit else ""
        lines.append(f"| `{state}` | {said} | {waits} |\n")
    return "".join(lines)


def table() -> str:
    """Each turn: from where, to where, by which ability, whether it can be taken back."""
    lines = ["| turn | | from | to | ability | undo |\n|---|---|---|---|---|---|\n"]
    said = _comments("TURNS")
    for name, turn in rules.TURNS.items():
        sources = ", ".join(state for state in rules.STATES if state in turn.sources)
        targets = ", ".join("*stays*" if target == rules.STAYS else target for target in turn.targets)
        targets += "".join(f" ({state} stays)" for state in turn.but)
        undo = "a minute" if turn.undo else ""
        lines.append(f"| `{name}` | {said.get(name, '')} | {sources} | {targets} | `{turn.ability}` | {undo} |\n")
    return "".join(lines)


def bounds() -> str:
    """The numbers that hold for turns."""
    return (
        "## Bounds\n\n"
        f"- A unit returns a case only while it was returned fewer than {rules.MOST_RETURNS} times and the supervisor has not"
        " decided whose it is; the last return goes to the supervisor.\n"
        f"- At most {rules.MOST_EXTENSIONS} extensions, each by at most the original limit; a hold of at most"
        f" {rules.LONGEST_SUSPENSION.days} days that ends by itself.\n"
        f"- The reporter re-opens at most {rules.MOST_REOPENINGS} times within {rules.REOPEN_WITHIN.days} days and reminds once in"
        f" {rules.URGE_AGAIN.total_seconds() / 3600:g} hours; the office re-opens whenever it hears that it is not right.\n"
        f"- One appeal against an overdue mark within {rules.APPEAL_WITHIN.days} days of the end.\n"
        f"- A unit says that it has a case within {rules.ACCEPT_SHARE:.0%} of its limit and at most half a working day; its people are"
        f" told at {rules.EARLY_LIGHT:.0%} and at 100% of it. While somebody else has the case, its limit stands still.\n"
    )


def _comments(name: str) -> dict[str, str]:
    """What the comments beside the entries of a table say."""
    source = getsource(rules)
    start = re.search(rf"^{name}\b.*[({{]$", source, re.MULTILINE)
    assert start is not None
    body = source[start.end() : source.index("\n)" if name == "STATES" else "\n}", start.end())]
    return {found[1]: found[2].strip() for found in re.finditer(r'^\s+"(\w+)".*?#\s*(.+)$', body, re.MULTILINE)}
