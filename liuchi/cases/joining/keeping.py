"""What is kept on a person: which reports of others they follow."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liuchi.cases import words
from liuchi.cases.joining import queries, seeing
from liuchi.cases.joining.models import Follower
from liuchi.kernel.context import Context
from liuchi.people import data


def kept(person_id: UUID) -> list[dict[str, Any]]:
    """The reports of others that a person follows."""
    return [
        {
            "number": one.case.number,
            "joined_at": one.joined_at.isoformat(),
            "title": seeing.title(one.case),
            "place": seeing.place(one.case),
            "state": words.state(one.case.state),
        }
        for one in queries.followed_by(person_id)
    ]


def erase(ctx: Context, person_id: UUID) -> None:
    """They follow nothing any more."""
    Follower.objects.filter(person=person_id).delete()


def register_all() -> None:
    """Called when the program starts."""
    data.register("followed", data.Keeper(_("Reports of others that you follow"), kept, erase))
