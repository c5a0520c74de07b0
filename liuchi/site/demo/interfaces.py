"""Two programs with keys, and a platform that is to be told what happens (paused: its address is made up)."""

from datetime import datetime, timedelta

from liuchi.kernel.context import Context
from liuchi.kernel.hooks import actions as hooks
from liuchi.people import rules
from liuchi.people.tokens.actions import make_token, note_use, revoke_token
from liuchi.site.demo.people import Cast


def load(cast: Cast, now: datetime) -> None:
    """Made by the administrator some weeks ago."""
    before = now - timedelta(days=24)
    ctx = Context(at=before, recorded_at=before, person=cast.by_role["administrator"].pk, channel="replay")
    today = rules.local_day(now)
    made = [
        ("12345 热线工单系统", "dispatcher", ["cases.report", "cases.read", "catalogue.read"], 160),
        ("物业公司维修系统", "handler", ["cases.read", "cases.turn"], 90),
        ("旧版小程序", "community_clerk", ["cases.report"], 60),
    ]
    tokens = []
    for name, role, scopes, days in made:
        post = cast.by_role[role].posts.filter(role=role).first()
        assert post is not None
        ends = today + timedelta(days=days)
        tokens.append(make_token(ctx, name=name, post=post, scopes=scopes, ends=ends)[0])
    note_use(tokens[0], today)
    note_use(tokens[1], today - timedelta(days=1))
    revoke_token(ctx.happened(now - timedelta(days=3)), tokens[2])
    hook, _secret = hooks.set_up(
        ctx, name="市数字城管平台", url="https://platform.example/liuchi/events",
        verbs=["case.dispatched", "case.handled", "case.closed"],
    )  # fmt: skip
    hooks.turn(ctx, hook, "pause")
