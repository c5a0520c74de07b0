"""Which reports may be one and the same."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from bench.alike import quality
from liuchi.cases.alike import nearness, queries, rarity, rules
from liuchi.cases.queries.near import ids_near
from liuchi.cases.tasks import prepare
from liuchi.cases.tests.helpers import SPOT, TEN, Place, again, by, many, told
from liuchi.kernel.errors import Refused

texts = st.text(alphabet="外墙掉落路灯不亮井盖了的小区楼下3幢，。a1 ", max_size=40)
shares = st.floats(0, 1)


class TestRules:
    @given(texts, texts)
    def test_both_ways_the_same_and_within_bounds(self, one: str, other: str) -> None:
        there, back = (
            rules.words_alike(rules.said(one), rules.said(other)),
            rules.words_alike(rules.said(other), rules.said(one)),
        )
        assert there == pytest.approx(back) and 0 <= there <= 1

    @given(texts, texts)
    def test_nothing_is_more_alike_than_itself(self, one: str, other: str) -> None:
        same = rules.words_alike(rules.said(one), rules.said(one))
        assert rules.words_alike(rules.said(one), rules.said(other)) <= same + 1e-9

    @given(shares, shares, st.floats(0, 50), st.floats(0, 50), st.floats(0, 30), st.floats(0, 30))
    def test_nearer_sooner_and_more_alike_never_counts_less(self, words, matter, metres, further, days, later) -> None:
        score = rules.score(words, matter, metres, days)
        assert 0 <= score <= 1
        assert rules.score(words, matter, metres + further, days + later) <= score
        assert rules.score(min(1, words + 0.1), matter, metres, days) >= score

    @given(texts, texts)
    def test_words_in_common_stand_in_both(self, one: str, other: str) -> None:
        for word in rules.in_common(one, other):
            assert (
                len(word) > 1
                and word in one.lower()
                and all(word[at : at + 2] in other.lower() for at in range(len(word) - 1))
            )

    def test_the_reason_is_a_word_that_says_something(self) -> None:
        assert rules.in_common("小区外墙掉落，很危险", "楼下外墙皮掉落了") == ["外墙", "掉落"]

    def test_on_the_hand_made_pairs(self) -> None:
        """81 pairs within 50 m of each other, half of them made to mislead."""
        found = quality()
        assert found["precision"] >= 0.8 and found["recall"] >= 0.8


class TestHints:
    def test_says_why(self, place: Place) -> None:
        one = told(place, "外墙掉落，砸到车了", lon=SPOT[0], lat=SPOT[1], place_source="gps").case
        other = told(
            place, "外墙皮掉落", TEN + timedelta(hours=2), lon=SPOT[0] + 0.000125, lat=SPOT[1], place_source="gps"
        ).case
        for case in (one, other):
            prepare.func(str(case.pk))
        [hint] = queries.hints(again(other), TEN + timedelta(hours=3))
        assert hint.case.pk == one.pk
        assert dict(hint.reasons)["metres"] == 12 and dict(hint.reasons)["hours"] == 2
        assert dict(hint.reasons)["words"] == ["外墙", "掉落"]

    def test_by_the_words_of_the_place_where_there_is_no_point(self, place: Place) -> None:
        one = told(place, "路灯不亮", place_words="槐荫里菜场东门").case
        prepare.func(str(one.pk))
        told(place, "路灯不亮", place_words="河东桥头")
        other = told(place, "这里的路灯不亮了", TEN + timedelta(hours=1), place_words="槐荫里菜场东门").case
        [hint] = queries.hints(again(other), TEN + timedelta(hours=3))
        assert hint.case.pk == one.pk and hint.metres is None

    def test_one_query_however_many(self, place: Place, django_assert_num_queries) -> None:
        many(place, 300)
        case = told(place, "外墙掉落", lon=SPOT[0], lat=SPOT[1], place_source="gps").case
        case, _warm = again(case), nearness.current()
        with django_assert_num_queries(1):
            assert len(queries.hints(case, TEN)) == queries.MOST


class TestNearness:
    def test_an_administrator_changes_how_near_is_near(self, place: Place) -> None:
        told(place, lon=SPOT[0], lat=SPOT[1], place_source="gps")
        assert not ids_near(SPOT[0] + 0.001, SPOT[1], TEN)
        nearness.set_nearness(by(place.administrator), 120, 10)
        assert len(ids_near(SPOT[0] + 0.001, SPOT[1], TEN)) == 1

    def test_nobody_else_does_and_not_beyond_sense(self, place: Place) -> None:
        for person, metres, code in ((place.dispatcher, 80, "not_yours"), (place.administrator, 5, "metres")):
            with pytest.raises(Refused) as refused:
                nearness.set_nearness(by(person), metres, 30)
            assert refused.value.code == code


class TestRarity:
    def test_what_many_say_counts_less(self, place: Place, settings, tmp_path) -> None:
        settings.VAR = tmp_path
        assert rarity.current() is rules.UNKNOWN
        many(place, 400)
        rarity.count_anew(timezone.now())
        assert rarity.current().weight("外墙") < 0.2 and rarity.current().weight("井盖") == 1
