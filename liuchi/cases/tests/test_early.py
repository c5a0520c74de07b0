"""Early finding: what is reported at a place more often than usual, and nothing else."""

import math
import random
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import early as simulated
from liuchi.cases import actions as cases
from liuchi.cases.early import actions, looking, queries, rules
from liuchi.cases.early.rules import History, Sign
from liuchi.cases.joining import actions as joining
from liuchi.cases.models import Case, EarlySign
from liuchi.cases.tests.helpers import PASSWORD, TEN, Place, by, told, verbs
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row

TODAY = TEN.date()


class TestRules:
    @given(st.integers(0, 60), st.floats(0.01, 80), st.floats(0.1, 1e5))
    def test_a_tail_is_a_chance_and_falls(self, seen: int, mean: float, size: float) -> None:
        here, further = rules.tail(seen, mean, size), rules.tail(seen + 1, mean, size)
        assert 0 <= further <= here + 1e-12 <= 1 + 1e-9

    @pytest.mark.parametrize(("seen", "mean"), [(3, 1.0), (8, 2.5), (20, 4.0)])
    def test_of_a_large_size_it_is_poisson(self, seen: int, mean: float) -> None:
        poisson = sum(math.exp(-mean) * mean**n / math.factorial(n) for n in range(seen, seen + 80))
        assert rules.tail(seen, mean, 1e6) == pytest.approx(poisson, rel=1e-3)

    @given(st.lists(st.floats(0, 1), max_size=30), st.integers(1, 5000))
    def test_chosen_keep_the_share_of_false_ones(self, chances: list[float], looked_at: int) -> None:
        kept = rules.chosen([Sign(at, 0, 3, 5, 1, chance) for at, chance in enumerate(chances)], looked_at, 0.05)
        assert all(sign.chance <= 0.05 * len(kept) / looked_at for sign in kept)

    def test_nothing_is_usual_before_there_is_a_history(self) -> None:
        assert rules.signs(History([(day, "a", "m") for day in (1, 2, 3, 3, 3, 3, 3, 3)]), 3) == []
        assert rules.signs(History([]), 3) == []

    def test_a_season_everywhere_is_no_sign_at_one_place(self) -> None:
        usual = [(day, place, matter) for day in range(0, 200, 4) for place in range(12) for matter in "ab"]
        storm = [(day, place, "a") for day in range(198, 201) for place in range(12) for _each in range(3)]
        here = [(day, 3, "a") for day in range(198, 201) for _each in range(3)]
        assert rules.signs(History(usual + storm), 200) == []
        [sign] = rules.signs(History(usual + here), 200)
        assert (sign.place, sign.matter) == (3, "a")

    @settings(max_examples=3, deadline=None)
    @given(st.integers(0, 2**20))
    def test_quiet_months_raise_hardly_any(self, seed: int) -> None:
        """At most one in a month over 2,400 places and matters; `bench.early` prints the rate."""
        reports = simulated.usual_days(random.Random(seed), simulated.USUAL + 30)
        assert len(simulated.raised(reports, simulated.USUAL, simulated.USUAL + 29)) <= 1

    def test_what_begins_is_found(self) -> None:
        dice = random.Random(5)
        reports = simulated.usual_days(dice, simulated.USUAL + 7)
        begun = [simulated.burst(dice, simulated.USUAL, 10, 7) for _each in range(10)]
        for one in begun:
            reports += one
        found = {sign[1:] for sign in simulated.raised(reports, simulated.USUAL, simulated.USUAL + 6)}
        assert sum(one[0][1:] in found for one in begun) >= 8


def years(place: Place, number: int = 40) -> None:
    """Lamps that go out now and then, over half a year, each reported by somebody else."""
    for at in range(number):
        told(place, "路灯不亮", TEN - timedelta(days=190 - 4 * at), matter_id=place.lamp.pk)


def walls(place: Place, number: int = 7, **said: object) -> list[Case]:
    return [
        told(place, "外墙掉皮", TEN - timedelta(hours=8 * at), matter_id=place.wall.pk, **said).case
        for at in range(number)
    ]


class TestLooking:
    def test_raises_once_while_it_lasts(self, place: Place) -> None:
        years(place)
        walls(place)
        assert looking.look(TEN) == 1
        assert looking.look(TEN + timedelta(days=1)) == 0
        sign = EarlySign.objects.get()
        assert (sign.area, sign.matter, sign.seen) == (place.grid, place.wall, 7)
        assert sign.expected < 2

    def test_who_joined_met_it_as_well(self, place: Place) -> None:
        years(place)
        [case] = walls(place, 1)
        for at in range(6):
            joining.join(by(None, TEN - timedelta(hours=at), "phone"), case.pk)
        assert looking.look(TEN) == 1

    def test_one_person_many_times_is_none(self, place: Place) -> None:
        years(place)
        walls(place, by_whom=place.resident)
        assert looking.look(TEN) == 0

    def test_one_household_is_none(self, place: Place) -> None:
        years(place)
        walls(place, place_words="槐荫里3幢2单元502室")
        assert looking.look(TEN) == 0

    def test_what_is_about_people_is_none(self, place: Place) -> None:
        years(place)
        place.wall.code = "98092"
        place.wall.save(update_fields=["code"])
        walls(place)
        assert looking.look(TEN) == 0


@pytest.fixture
def sign(place: Place) -> EarlySign:
    walls(place)
    assert actions.raise_sign(
        by(None, channel="system"), Sign(f"g{place.grid.pk}", place.wall.pk, 3, 7, 0.6, 1e-7), TODAY
    )
    return EarlySign.objects.get()


class TestAnswering:
    def test_a_request_is_opened(self, place: Place, sign: EarlySign) -> None:
        done = actions.answer(by(place.grid_leader), sign.pk, "opened")
        assert done.case and verbs(done.case) == ["case.reported"]
        assert done.case.matter == place.wall and done.case.area == place.grid

    def test_once_and_by_who_has_the_area(self, place: Place, sign: EarlySign) -> None:
        for person, said, code in ((place.stranger, "nothing", "not_yours"), (place.dispatcher, "perhaps", "answer")):
            with pytest.raises(Refused) as refused:
                actions.answer(by(person), sign.pk, said)
            assert refused.value.code == code
        actions.answer(by(place.dispatcher), sign.pk, "nothing")
        with pytest.raises(Refused) as refused:
            actions.answer(by(place.grid_leader), sign.pk, "looked")
        assert refused.value.code == "answered"
        assert not Case.objects.filter(early_signs=sign).exists()

    def test_raised_again_only_when_it_doubled(self, place: Place, sign: EarlySign) -> None:
        actions.answer(by(place.dispatcher), sign.pk, "looked")
        later = by(None, TEN + timedelta(days=2), "system")
        again = Sign(f"g{place.grid.pk}", place.wall.pk, 3, 9, 0.6, 1e-7)
        assert not actions.raise_sign(later, again, TODAY)
        assert actions.raise_sign(later, Sign(again.place, again.matter, 3, 14, 0.6, 1e-9), TODAY)

    def test_the_grid_leader_and_the_street_desk_are_told(self, place: Place, sign: EarlySign) -> None:
        assert queries.whom_to_tell(sign, TEN) == {place.grid_leader.pk, place.dispatcher.pk}
        facts = Row.objects.get(record=sign.record, verb="early.raised").facts
        assert set(facts) == {"matter", "days", "seen", "expected"}


class TestPages:
    def test_shown_answered_and_counted(
        self, place: Place, sign: EarlySign, client: Client, django_assert_max_num_queries
    ) -> None:
        client.login(username="gridleader", password=PASSWORD)
        client.get("/desk/early")
        with django_assert_max_num_queries(10):
            page = client.get("/desk/early").content.decode()
        assert "房屋外墙脱落 · 第七网格" in page and "<b>7</b>" in page
        page = client.get(f"/desk/early/{sign.pk}").content.decode()
        assert page.count("外墙掉皮") == 7
        page = client.post(f"/desk/early/{sign.pk}/answer", {"answer": "looked"}, follow=True).content.decode()
        assert "已记下" in page and "<dt>已查看处理</dt><dd>1</dd>" in page

    def test_another_street_sees_none_of_it(self, place: Place, sign: EarlySign, client: Client) -> None:
        client.login(username="stranger", password=PASSWORD)
        assert "外墙" not in client.get("/desk/early").content.decode()
        assert client.get(f"/desk/early/{sign.pk}").status_code == 404


def test_a_request_that_was_opened_is_one_of_the_desk(place: Place, sign: EarlySign) -> None:
    done = actions.answer(by(place.dispatcher), sign.pk, "opened")
    assert done.case
    cases.file(by(place.dispatcher), done.case.pk, place.wall.pk, place.falling.pk)
