"""The photos of a case as the desk shows them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from liuchi.cases.actions.acting import target_of
from liuchi.cases.models import Case
from liuchi.kernel.media.models import Media
from liuchi.people.access import Actor


def figures(actor: Actor, case: Case, files: Sequence[Media], pieces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The pieces with what the desk may do with each: the covers as the editor reads them, and where they are saved. What came with the case that this one is a part of is covered there."""
    own = {str(one.pk) for one in files if one.record_id == case.pk}
    may = actor.may("cases.dispatch", target_of(case))
    return [
        piece
        | {
            "base": f"/desk/cases/{case.pk}/photos/{piece['id']}",
            "editor": json.dumps(piece["covers"]) if may and piece["id"] in own and piece["covers"] is not None else "",
        }
        for piece in pieces
    ]
