"""What a key may do: what its scopes name, within what its post may at that moment. The answer itself is people.access."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from liuchi.kernel.access import Target
from liuchi.kernel.context import Context
from liuchi.kernel.keys import key_file
from liuchi.people import rules
from liuchi.people.access import NOBODY, Actor, HasTarget, actor_at
from liuchi.people.models import ApiToken
from liuchi.people.rules import Scope
from liuchi.people.tokens.scopes import abilities_of

PREFIX = "liuchi_"


class TokenActor(Actor):
    """The holder of one post, seen through a key: an ability outside its scopes is as if nobody had it."""

    def __init__(self, whole: Actor, token: ApiToken) -> None:
        held = [post for post in whole.posts if post.post == token.post_id and post.deputy_for is None]
        super().__init__(whole.person_id if held else None, held, whole.at, whole.language)
        self.token = token
        self.token_id = token.pk
        self.abilities = abilities_of(token.scopes.split()) if held else frozenset()

    def scope(self, ability: str) -> Scope:
        return super().scope(ability) if ability in self.abilities else Scope()

    def post_for(self, ability: str, target: Target | HasTarget | None = None) -> UUID | None:
        return super().post_for(ability, target) if ability in self.abilities else None


def digest_of(secret: str) -> str:
    """How a key is kept."""
    return hmac.new(key_file("api_token.key"), secret.encode(errors="replace"), hashlib.sha256).hexdigest()


def token_of(secret: str, at: datetime) -> ApiToken | None:
    """The key that is in force under this secret; None for an unknown, ended or revoked one (one query)."""
    if not secret.startswith(PREFIX):
        return None
    found = ApiToken.objects.select_related("post__area", "post__organisation").filter(hash=digest_of(secret)).first()
    return found if found and found.counts_on(rules.local_day(at)) else None


def actor_of(token: ApiToken, at: datetime, language: str = "zh-hans") -> TokenActor:
    """Who asks with a key, at a moment. Nobody at all, once its post has ended."""
    return TokenActor(actor_at(token.post.person_id, at, language), token)


def actor_of_context(ctx: Context, at: datetime) -> Actor:
    """Who acts at a moment: the person with all posts, or the one post of the key by which a program acts for them."""
    if ctx.token is None:
        return actor_at(ctx.person, at, ctx.language)
    token = ApiToken.objects.select_related("post").filter(pk=ctx.token).first()
    if token is None or not token.counts_on(rules.local_day(ctx.recorded_at)):
        return NOBODY
    return actor_of(token, at, ctx.language)
