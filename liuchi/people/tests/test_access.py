"""Who may do what, as posts, terms and deputies change."""

from datetime import UTC, date, datetime, timedelta

import pytest

from liuchi.kernel import access as port
from liuchi.kernel.access import Target
from liuchi.kernel.journal.models import Row
from liuchi.people import actions, rules
from liuchi.people.access import NOBODY, Actor, actor_at
from liuchi.people.models import Post
from liuchi.people.rules import Held, Scope
from liuchi.people.tests.conftest import NOW, Place, context

SEE = {
    "grid_worker": "grid", "grid_leader": "area", "dispatcher": "area", "handler": "unit", "resident": "own",
    "supervisor": "all",
}  # fmt: skip


@pytest.fixture(autouse=True)
def ability(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(port._abilities, "test.see", SEE)


def sees(place: Place, role: str, target: Target, at: datetime = NOW) -> bool:
    return actor_at(place.person(role).pk, at).may("test.see", target)


def test_a_grid_worker_reaches_the_own_grid_only(place: Place) -> None:
    assert sees(place, "grid_worker", Target(area_first=place.grid.first))
    assert not sees(place, "grid_worker", Target(area_first=place.other_grid.first))
    assert not sees(place, "grid_worker", Target(area_first=place.community.first - 1))


def test_a_leader_reaches_the_community_and_its_grids(place: Place) -> None:
    assert sees(place, "grid_leader", Target(area_first=place.other_grid.first))
    assert not sees(place, "grid_leader", Target(area_first=place.other_community.first))


def test_a_handler_reaches_the_unit_and_those_below(place: Place) -> None:
    assert sees(place, "handler", Target(units=[place.gang.pk]))
    assert not sees(place, "handler", Target(units=[place.office.pk]))
    assert not sees(place, "handler", Target(area_first=place.grid.first))


def test_a_resident_reaches_what_is_ones_own(place: Place) -> None:
    rider = place.person("rider")
    assert actor_at(rider.pk, NOW).may("test.see", Target(owners=[rider.pk]))
    assert not actor_at(rider.pk, NOW).may("test.see", Target(owners=[place.person("handler").pk]))


def test_an_administrator_sets_up_but_does_not_see(place: Place) -> None:
    admin = actor_at(place.person("administrator").pk, NOW)
    assert admin.may("people.edit")
    assert not admin.may("test.see", Target(area_first=place.grid.first))
    assert not admin.may("cases.see") and not admin.may("cases.contact")


def test_nobody_may_nothing_and_a_misspelt_ability_is_an_error(place: Place) -> None:
    assert not NOBODY.may("test.see")
    with pytest.raises(KeyError):
        NOBODY.may("test.sea")


def test_the_term_counts_from_its_first_to_its_last_day(place: Place) -> None:
    post = place.posts["dispatcher"]
    actions.end_post(context(), post, last_day=date(2026, 11, 22))
    here = Target(area_first=place.grid.first)
    # 2026-11-22 23:59 and 2026-11-23 00:00 in Asia/Shanghai
    assert sees(place, "dispatcher", here, datetime(2026, 11, 22, 15, 59, tzinfo=UTC))
    assert not sees(place, "dispatcher", here, datetime(2026, 11, 22, 16, 0, tzinfo=UTC))
    assert not sees(place, "dispatcher", here, datetime(2025, 12, 31, tzinfo=UTC))


def test_a_deputy_acts_in_the_post_of_who_is_away(place: Place) -> None:
    post, clerk = place.posts["dispatcher"], place.person("community_clerk")
    actions.set_absence(context(), post, begins=NOW, ends=NOW + timedelta(hours=8), deputy=clerk)
    far = Target(area_first=place.other_community.first)
    during = actor_at(clerk.pk, NOW + timedelta(hours=1))
    assert during.may("test.see", far)
    assert during.post_for("test.see", far) == post.pk
    assert during.post_id == place.posts["community_clerk"].pk
    assert not actor_at(clerk.pk, NOW + timedelta(hours=8)).may("test.see", far)
    assert not actor_at(clerk.pk, NOW - timedelta(minutes=1)).may("test.see", far)


def test_the_journal_shows_deputy_and_post(place: Place) -> None:
    post, clerk = place.posts["dispatcher"], place.person("community_clerk")
    actions.set_absence(context(), post, begins=NOW, ends=NOW + timedelta(hours=8), deputy=clerk)
    actor = actor_at(clerk.pk, NOW)
    from dataclasses import replace

    acting = replace(
        context(person=clerk.pk), post=actor.post_for("test.see", Target(area_first=place.other_community.first))
    )
    actions.correct_person(acting, clerk, name="程安")
    side = Row.objects.get(verb="person.corrected").side("actor")
    assert side == {"person": str(clerk.pk), "post": str(post.pk)}


def test_queries_hold_only_what_lies_within(place: Place) -> None:
    def roles(role: str) -> set[str]:
        actor = actor_at(place.person(role).pk, NOW)
        found = Post.objects.filter(actor.q("test.see", units=["organisation_id"], owner="person_id"))
        return set(found.values_list("role", flat=True))

    assert roles("grid_worker") == {"grid_worker"}
    assert roles("grid_leader") == {"grid_leader", "grid_worker", "community_clerk"}
    assert roles("handler") == {"handler"}
    assert roles("rider") == {"rider"}
    assert roles("supervisor") >= {"administrator", "dispatcher"}
    assert not Post.objects.filter(NOBODY.q("test.see")).exists()


def test_an_actor_costs_one_query_or_two(place: Place, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        actor_at(place.person("dispatcher").pk, NOW)
    with django_assert_num_queries(2):  # type: ignore[operator]
        actor_at(place.person("handler").pk, NOW)
    with django_assert_num_queries(0):  # type: ignore[operator]
        actor_at(None, NOW)


def test_ranges_are_merged() -> None:
    assert rules.merged_ranges([(5, 9), (1, 4), (20, 30), (7, 8)]) == ((1, 9), (20, 30))
    held = [Held(post=NOW, role="dispatcher", first=1, last=9, level="street")]  # type: ignore[arg-type]
    assert rules.scope_of({"dispatcher": "grid"}, held, signed_in=True) == Scope()


def test_a_governance_observer_holds_a_title_and_opens_nothing(place):
    helper = actions.register_person(context(), name="观察员")
    actions.appoint(context(), helper, role="observer", area=place.grid, title="治理观察员")
    as_observer, as_resident = actor_at(helper.pk, NOW), Actor(helper.pk, (), NOW)
    assert as_observer.roles == {"observer"} and not as_observer.is_staff
    assert [as_observer.scope(ability) for ability in port.table()] == [
        as_resident.scope(ability) for ability in port.table()
    ]
