"""Keys as the desk lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from liuchi.kernel.journal.models import Row
from liuchi.people import rules
from liuchi.people.models import ApiToken, Person, Post
from liuchi.people.tokens.scopes import Scope, named

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One key. state: on, ended (its days, or its post) or revoked; maker: who made it, where that is still known."""

    token: ApiToken
    post: Post
    scopes: list[Scope]
    state: str
    maker: str


def lines(tokens: list[ApiToken], at: datetime) -> list[Line]:
    """What stands on the page (4 queries, however many)."""
    day = rules.local_day(at)
    posts = Post.objects.select_related("person", "area", "organisation").in_bulk([one.post_id for one in tokens])
    made = Row.objects.filter(record__in=[one.pk for one in tokens], verb="token.made").prefetch_related("sides")
    by = {row.record_id: actor["person"] for row in made if (actor := row.side("actor"))}
    names = {str(one.pk): str(one) for one in Person.objects.filter(pk__in=by.values())}
    told = []
    for token in tokens:
        post = posts[token.post_id]
        alive = token.counts_on(day) and rules.term_covers(post.begins, post.ends, day)
        state = "revoked" if token.revoked_at else "on" if alive else "ended"
        told.append(Line(token, post, named(token.scopes.split()), state, names.get(by.get(token.pk, ""), "")))
    return told
