"""Search finds exactly what contains the words, on both databases."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from liuchi.kernel.search import rules
from liuchi.kernel.search.actions import drop, drop_kind, index, index_new
from liuchi.kernel.search.models import Entry
from liuchi.kernel.search.queries import NOTHING, Found, find

pytestmark = pytest.mark.django_db

# Few different signs, so that texts and queries often meet; with what breaks tokenizers and query languages.
signs = st.sampled_from(list("外墙掉了六尺aAbＡ1１ß ，。'\"*&|!:\\-_=~%é\u0301𠀀😀ｶﾞ\u3000\n\0"))
texts = st.text(signs, max_size=30)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stored=st.lists(texts, min_size=1, max_size=6), query=st.text(signs, max_size=5))
@example(stored=["外" * 400 + "墙"], query="外墙")  # more of one bigram than a tsvector keeps positions of
@example(stored=["墙外", "外"], query="外")
@example(stored=["AND NOT外"], query="not 外")
def test_found_is_what_contains_the_query(stored, query):
    drop_kind("case")
    for number, text in enumerate(stored):
        index("case", number, text)
    wanted = rules.normal(query)
    expected = [str(number) for number, text in enumerate(stored) if wanted and wanted in rules.normal(text)]
    found = find("case", query)
    assert found.keys == expected[::-1]
    assert (found.count, found.capped) == (len(expected), False)


@pytest.mark.parametrize("query", ["外墙", "ＬＥＤ", "led灯", "3 单元", "３单元", "3单元", "墙", "灯坏", "no 5"])
def test_width_case_and_spacing_do_not_matter(query):
    index("case", 1, "3单元 外墙 LED 灯坏了，No. 5")
    assert find("case", query).keys == ["1"]


@pytest.mark.parametrize("query", ["", "  ", "，", "墙外", "ed5", "33"])
def test_other_words_find_nothing(query):
    index("case", 1, "3单元 外墙 LED 灯坏了，No. 5")
    assert find("case", query) == NOTHING


def test_a_changed_text_is_found_by_its_new_words_only():
    index("case", 1, "外墙掉了", 340100)
    index("case", 1, "路灯不亮", 340100)
    assert find("case", "外墙").keys == []
    assert find("case", "路灯").keys == ["1"]
    index("case", 1, "路灯不亮", 340200)
    assert find("case", "路灯", areas=[(340200, 340299)]).keys == ["1"]
    drop("case", 1)
    assert find("case", "路灯").keys == []
    assert not Entry.objects.exists()


def test_kinds_are_apart_and_areas_are_ranges():
    index("case", 1, "人民路", 340101)
    index("case", 2, "人民路", 340202)
    index("place", 3, "人民路", 340101)
    assert find("case", "人民路").keys == ["2", "1"]
    assert find("place", "人民路").keys == ["3"]
    assert find("case", "人民路", areas=[(340100, 340199)]).keys == ["1"]
    assert find("case", "人民路", areas=[(340100, 340199), (340202, 340202)]).keys == ["2", "1"]
    assert find("case", "人民路", areas=[]).keys == []


def test_the_newest_page_and_a_capped_count():
    assert index_new("case", ((number, f"积水 {number}", None) for number in range(1500))) == 1500
    found = find("case", "积水", limit=20)
    assert found.keys == [str(number) for number in range(1499, 1479, -1)]
    assert (found.count, found.capped) == (1000, True)
    assert find("case", "积水149", limit=3) == Found(["1499", "1498", "1497"], 11, False)
    drop_kind("case")
    assert find("case", "积水").count == 0
