"""Codes, names and the reading of what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuchi.territory import rules
from liuchi.territory.spelling import spell

CODES = st.sampled_from([2, 4, 6, 9, 12, 15]).flatmap(
    lambda length: st.text("123456789", min_size=length, max_size=length)
)


@given(CODES, CODES)
def test_one_range_lies_in_another_exactly_when_its_code_begins_with_the_others(a, b):
    first, last = rules.code_range(a)
    inner_first, inner_last = rules.code_range(b)
    assert (first <= inner_first and inner_last <= last) == b.startswith(a)


@given(CODES)
def test_a_code_knows_its_level_and_what_is_above(code):
    above = rules.ancestors(code)
    assert all(code.startswith(one) and one != code for one in above)
    assert [rules.DEPTH[rules.level_of(one)] for one in above] == list(range(rules.DEPTH[rules.level_of(code)]))


@pytest.mark.parametrize(
    ("given_code", "plain"),
    [
        ("340000", "34"),
        ("340800", "3408"),
        ("340881000000", "340881"),
        (" 340881990001 ", "340881990001"),
        ("440307000000", "440307"),
    ],
)
def test_filling_zeros_are_dropped(given_code, plain):
    assert rules.plain_code(given_code) == plain


@pytest.mark.parametrize("wrong", ["", "34088", "abcdef", "３４０８８１"])
def test_what_is_no_code_is_refused(wrong):
    with pytest.raises(ValueError):
        rules.plain_code(wrong)


def test_grid_codes_count_up_and_never_come_twice():
    community = "340881990001"
    assert rules.next_serial([], community) == community + "001"
    assert rules.next_serial([community + "001", community + "007", "340881990002009"], community) == community + "008"
    with pytest.raises(ValueError):
        rules.next_serial([community + "999"], community)


@pytest.mark.parametrize(
    ("committee", "area"),
    [
        ("填海巷社区居委会", "填海巷社区"), ("崔岗村民委员会", "崔岗村"), ("十八岗村村委会", "十八岗村"),
        ("红四方社区委员会", "红四方社区"), ("龚湾社区", "龚湾社区"), ("四河居委会", "四河社区"),
    ],
)  # fmt: skip
def test_a_committee_gives_its_area_its_name(committee, area):
    assert rules.short_name(committee) == area


@pytest.mark.parametrize("said", ["槐荫里 3 幢", "槐荫里3号楼", "槐荫里3栋", "槐荫里３＃", "槐荫里·3座"])
def test_a_numbered_house_is_the_same_however_it_is_written(said):
    assert rules.search_text(said) == "槐荫里3幢"


def test_a_road_number_is_not_a_house():
    assert rules.search_text("北正街 41 号") == "北正街41号"


def test_a_long_address_is_read_shorter_step_by_step():
    readings = rules.looser(rules.search_text("槐荫里3幢2单元东侧"))
    assert readings[:3] == ["槐荫里3幢2单元", "槐荫里3幢", "槐荫里"]


@given(st.text(max_size=40))
def test_any_text_can_be_read(text):
    assert all(len(reading) >= 2 for reading in rules.looser(rules.search_text(text)))


@pytest.mark.parametrize(
    ("text", "pinyin", "initials"),
    [("槐荫里3幢", "huaiyinli3zhuang", "hyl3z"), ("六安市", "luanshi", "las"), ("桂语园A座", "guiyuyuanazuo", "gyyaz")],
)
def test_names_are_spelt(text, pinyin, initials):
    assert spell(text) == (pinyin, initials)


@pytest.mark.parametrize(
    ("east", "north", "word"),
    [(10, 0, "东"), (0, 10, "北"), (-10, 1, "西"), (0, -10, "南"), (7, 7, "东北"), (-7, -7, "西南")],
)
def test_sides_have_names(east, north, word):
    assert rules.side(east, north) == word


def test_the_house_number_is_found_where_mappers_put_it():
    assert rules.house_number({"addr:housenumber": "3幢"}) == "3幢"
    assert rules.house_number({"addr:housenumber": "3"}) == "3幢"
    assert rules.house_number({"addr:housenumber": "41号", "addr:street": "北正街"}) == "41号"
    assert rules.house_number({"name": "桂语园12栋"}) == "12栋"
    assert rules.house_number({"name": "图书馆"}) == ""
