"""Making and revoking keys."""

import secrets
from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.delivery import actions as delivery
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.people import rules
from liuchi.people.acting import acting
from liuchi.people.models import ApiToken, Post
from liuchi.people.tokens.access import PREFIX, digest_of
from liuchi.people.tokens.scopes import named

LONGEST = timedelta(days=366)
NAME_MAX = 60


def make_token(ctx: Context, *, name: str, post: Post, scopes: Collection[str], ends: date) -> tuple[ApiToken, str]:
    """A new key and its secret, which is told this once. Raises Refused("name" | "scopes" | "ends" | "post")."""
    ctx = acting(ctx, "tokens.edit")
    name = " ".join(name.split())
    today = rules.local_day(ctx.at)
    if not name or len(name) > NAME_MAX:
        raise Refused("name", _("Say in a few words which program it is for."), field="name")
    chosen = [scope.key for scope in named(dict.fromkeys(scopes))]
    if not chosen:
        raise Refused("scopes", _("Choose at least one thing that the key is for."), field="scopes")
    if not today <= ends <= today + LONGEST:
        raise Refused("ends", _("A key ends within a year; a new one is made in a minute."), field="ends")
    if not rules.term_covers(post.begins, post.ends, today):
        raise Refused("post", _("This post has ended. Choose one that somebody holds now."), field="post")
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        record = records.create("api_token", area_id=post.area_id)
        token = ApiToken(
            record=record, name=name, post=post, scopes=" ".join(chosen), ends=ends,
            hash=digest_of(secret), hint=secret[-4:],
        )  # fmt: skip
        token.save(force_insert=True)
        facts = {"post": str(post.pk), "scopes": chosen, "ends": ends.isoformat()}
        journal.write(ctx, record, "token.made", facts)
        _tell_holder(ctx, token)
    return token, secret


def _tell_holder(ctx: Context, token: ApiToken) -> None:
    """Whoever holds the post learns that a program acts for it."""
    holder = token.post.person
    with translation.override(holder.language):
        title = _("A program may act for your post")
        words = _("“%(name)s”, until %(day)s. If you know nothing of it, ask your administrator.")
        told = words % {"name": token.name, "day": date_format(token.ends)}
        delivery.tell(ctx, holder.pk, f"token {token.pk}", title, told)


def revoke_token(ctx: Context, token: ApiToken) -> None:
    """Ends a key from this moment on. Twice does no harm."""
    ctx = acting(ctx, "tokens.edit")
    with transaction.atomic():
        if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=ctx.recorded_at):
            journal.write(ctx, token.record, "token.revoked")


def note_use(token: ApiToken, day: date) -> None:
    """Keeps the last day on which a key was used: one write a day."""
    if token.last_day != day:
        ApiToken.objects.filter(pk=token.pk).update(last_day=day)
