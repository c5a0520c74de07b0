"""The actions themselves judge who may: a page that forgot to ask opens nothing."""

from datetime import timedelta

import pytest

from liuchi.kernel.errors import Refused
from liuchi.people import actions as people
from liuchi.people.access import actor_at
from liuchi.people.models import Person
from liuchi.points import actions
from liuchi.points.models import Entry, Gift, RuleSet, Window
from liuchi.points.tests.helpers import BEGINNING, EVENT, TEN, by, line, published, reserved, thanked

# What each does to the world, by somebody; who may do it, and who of the office may not.
DEEDS = {
    "new gift": (lambda w, ctx: actions.make_gift(ctx, name="手电筒", cost=5), "dispatcher", ("community_clerk", "secretary")),
    "dearer gift": (lambda w, ctx: actions.change_gift(ctx, w.cup, cost=7), "administrator", ("grid_leader", "supervisor")),
    "new window": (lambda w, ctx: actions.open_window(ctx, name="新窗口", area=w.place.grid), "grid_leader", ("grid_worker", "secretary")),
    "closed window": (lambda w, ctx: actions.change_window(ctx, w.window, open=False), "community_clerk", ("grid_worker", "handler")),
    "pieces": (lambda w, ctx: actions.stock_in(ctx, w.window, w.cup, 3), "grid_leader", ("grid_worker", "supervisor")),
    "count": (lambda w, ctx: actions.count_stock(ctx, w.window, w.cup, 1, "lost"), "dispatcher", ("grid_worker", "secretary")),
    "draft": (lambda w, ctx: actions.draft_rules(ctx), "administrator", ("dispatcher", "secretary")),
}  # fmt: skip


def state() -> tuple[object, ...]:
    return (
        list(Gift.objects.order_by("pk").values_list("pk", "cost")), list(Window.objects.order_by("pk").values_list("pk", "open")),
        Entry.objects.count(), RuleSet.objects.count(),
    )  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
def test_of_the_office_only_who_is_entitled(world, deed):
    do, entitled, others = DEEDS[deed]
    before = state()
    for role in (*others, "rider"):
        with pytest.raises(Refused) as refused:
            do(world, by(getattr(world, role), channel="desk"))
        assert refused.value.status == 403
    with pytest.raises(Refused):  # nobody at all
        do(world, by(None, channel="phone"))
    assert state() == before
    do(world, by(getattr(world, entitled), channel="desk"))
    assert state() != before


def test_who_keeps_one_area_brings_and_counts_nothing_in_another(world):
    clerk = by(world.community_clerk, channel="desk")
    for deed in (
        lambda: actions.stock_in(clerk, world.far, world.cup, 3),
        lambda: actions.count_stock(clerk, world.far, world.cup, 3, "found"),
        lambda: actions.change_window(clerk, world.far, open=False),
        lambda: actions.change_window(clerk, world.window, area=world.place.other_street),  # nor gives one away
        lambda: actions.open_window(clerk, name="河东二号", area=world.place.other_street),
    ):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.status == 403


def test_whose_term_is_over_does_nothing_any_more(world):
    person, _login, _password = people.hire(
        by(None, BEGINNING, "system"), name="前任", role="community_clerk", username="former", password="six foot alley",
        area=world.place.community, ends=TEN.date() - timedelta(days=1),
    )  # fmt: skip
    with pytest.raises(Refused):
        actions.stock_in(by(person, channel="desk"), world.window, world.cup, 3)


def test_rules_are_published_by_the_administrator_alone(world):
    draft = actions.draft_rules(by(world.administrator, channel="desk"))
    for deed in (
        lambda ctx: actions.change_rules(ctx, draft, day_cap=20, lines=[line(EVENT.key, 50)]),
        lambda ctx: actions.try_rules(ctx, draft),
        lambda ctx: actions.publish_rules(ctx, draft, TEN.date()),
        lambda ctx: actions.drop_draft(ctx, draft),
    ):
        with pytest.raises(Refused) as refused:
            deed(by(world.dispatcher, channel="desk"))
        assert refused.value.code == "not_yours"
    actions.drop_draft(by(world.administrator, channel="desk"), draft)
    assert published(by(world.administrator, channel="desk"), [line(EVENT.key, 4)]).version


def test_what_is_ones_own_nobody_else_gives_back(world):
    thanked(world.rider, 4)
    one = reserved(world)
    asked = actions.ask_statement(
        by(world.rider), world.rider, area=world.place.community, home_unit="示例单位", period="year", agreed=True
    )
    for other in (world.grid_leader, world.administrator):
        for deed in (lambda ctx: actions.cancel(ctx, one.pk), lambda ctx: actions.take_back_statement(ctx, asked)):
            with pytest.raises(Refused) as refused:
                deed(by(other))
            assert refused.value.code == "not_yours"
    assert actions.cancel(by(world.rider), one.pk).state == "cancelled"


def asked_by(world, person):
    thanked(person, 4)
    return actions.ask_statement(
        by(person), person, area=world.place.community, home_unit="示例单位", period="year", agreed=True
    )


def test_nobody_confirms_their_own_statement(world):
    clerk = world.community_clerk
    actions.switch_on(by(clerk, BEGINNING), clerk)
    one = asked_by(world, clerk)
    with pytest.raises(Refused) as refused:
        actions.confirm_statement(by(clerk, channel="desk"), one)
    assert refused.value.code == "own"


def test_a_consent_that_was_withdrawn_ends_what_waits(world):
    one = asked_by(world, world.rider)
    desk = by(world.community_clerk, channel="desk")
    assert actions.waiting_here(actor_at(desk.person, TEN), desk).get() == one
    rider = Person.objects.select_related("record").get(pk=world.rider.pk)
    people.withdraw_consent(by(rider), rider, "points_home")
    assert not actions.waiting_here(actor_at(desk.person, TEN), desk).exists()
    with pytest.raises(Refused):
        actions.confirm_statement(desk, one)


def test_the_community_loses_sight_of_it_and_the_street_never_had_it(world):
    one = asked_by(world, world.rider)
    for role in ("secretary", "administrator", "dispatcher"):
        with pytest.raises(Refused):
            actions.confirm_statement(by(getattr(world, role), channel="desk"), one)
    actions.confirm_statement(by(world.community_clerk, channel="desk"), one)
    for days, seen in ((59, 1), (61, 0)):
        later = by(world.community_clerk, TEN + timedelta(days=days), "desk")
        assert actions.waiting_here(actor_at(later.person, later.at), later).count() == seen
