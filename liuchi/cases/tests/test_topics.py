"""Hot topics: what many say about the same thing at the same place."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from liuchi.cases.commands import cases as commands
from liuchi.cases.models import Topic
from liuchi.cases.tests.helpers import PASSWORD, TEN, Place, told
from liuchi.cases.topics import counting, grouping, places, rules, sheet

MIXING = [
    "丽景新城小区旁边建搅拌站，噪音大", "投诉丽景新城附近违建搅拌站", "丽景新城搅拌站灰尘很大", "丽景新城旁搅拌站夜里施工扰民",
    "搅拌站污染丽景新城小区", "丽景新城小区门口搅拌站粉尘",
]  # fmt: skip
OTHERS = [
    "槐荫路路灯不亮", "河东桥头井盖翘起来了", "文庙巷垃圾没有人清运", "北正街红绿灯坏了", "石榴巷下水道堵了", "学校门口双排停车", "公交站牌倒了",
    "丽景新城小区电梯坏了", "消防栓漏水", "树枝压在电线上", "桂花巷共享单车乱停放", "花坛里的健身器材断了",
]  # fmt: skip
DAY = datetime(2026, 11, 1, tzinfo=UTC)


class TestGrouping:
    def test_the_same_thing_at_the_same_place_is_one_group(self) -> None:
        texts = [*OTHERS[:6], *MIXING, *OTHERS[6:]]
        [group] = grouping.groups(texts, [""] * len(texts))
        assert {texts[one] for one in group.members} == set(MIXING)
        assert group.places == ("丽景新城",) and any("搅拌站" in word for word in group.words)

    def test_nothing_and_little_is_no_group(self) -> None:
        assert grouping.groups([], []) == []
        assert grouping.groups(["路灯不亮", "井盖坏了"], ["", ""]) == []
        assert grouping.groups(["", "", "", ""], ["", "", "", ""]) == []

    @given(st.lists(st.sampled_from([*MIXING, *OTHERS, "", "灯", "3"]), max_size=25))
    def test_each_text_is_in_one_group_at_most(self, texts: list[str]) -> None:
        found = grouping.groups(texts, texts)
        members = [one for group in found for one in group.members]
        assert len(members) == len(set(members)) and all(len(group.members) >= 3 for group in found)


class TestPlaces:
    def test_names_are_known_by_where_they_stand(self) -> None:
        found = places.names_in([*MIXING, "劳动东路有坑", "反映劳动东路堵车", "我们小区没有水"])
        assert found[1] == ["丽景新城"] and found[-3] == found[-2] == ["劳动东路"] and found[-1] == []


class TestHeat:
    def saying(self, *days: int, who: object = None, support: int = 0) -> list[rules.Saying]:
        return [rules.Saying(DAY + timedelta(days=day), who or (day, at), support) for at, day in enumerate(days)]

    def test_who_says_it_often_counts_once(self) -> None:
        assert rules.heat(self.saying(1, 2, 3, 4, who="one")) == rules.heat(self.saying(1, who="one"))

    def test_what_is_spread_over_a_year_is_less_hot(self) -> None:
        assert rules.heat(self.saying(1, 2, 3, 4)) > rules.heat(self.saying(1, 90, 180, 270))

    @given(st.lists(st.integers(0, 400), max_size=20), st.integers(0, 1000))
    def test_more_support_is_never_cooler(self, days: list[int], support: int) -> None:
        assert rules.heat(self.saying(*days, support=support)) >= rules.heat(self.saying(*days)) >= 0


class TestCounting:
    @pytest.fixture
    def hot(self, place: Place) -> Topic:
        for at, text in enumerate([*MIXING, *OTHERS]):
            told(place, text, TEN - timedelta(days=at))
        assert counting.count_anew(TEN) == 1
        return Topic.objects.get()

    def test_counted_again_it_is_the_same(self, hot: Topic) -> None:
        assert counting.count_anew(TEN + timedelta(hours=1)) == 1
        assert Topic.objects.get().words == hot.words

    def test_what_one_person_says_many_times_is_not_hot(self, place: Place) -> None:
        for text in [*MIXING, *OTHERS]:
            told(place, text, by_whom=place.resident)
        assert counting.count_anew(TEN) == 0

    def test_what_only_shares_a_place_is_not_hot(self, place: Place) -> None:
        for at, text in enumerate([*MIXING, *OTHERS]):
            told(place, text, matter_id=(place.wall if at % 2 else place.lamp).pk)
        assert counting.count_anew(TEN) == 0

    def test_the_page_shows_it_with_its_requests(
        self, place: Place, hot: Topic, client: Client, django_assert_max_num_queries
    ) -> None:
        client.login(username="secretary", password=PASSWORD)
        client.get("/desk/topics")
        with django_assert_max_num_queries(12):
            page = client.get("/desk/topics").content.decode()
        assert "搅拌站" in page and "丽景新城" in page and "<b>6</b>" in page
        page = client.get(f"/desk/topics/{hot.rank}").content.decode()
        assert all(text[:8] in page for text in MIXING)

    def test_who_has_another_street_sees_none_of_it(self, place: Place, hot: Topic, client: Client) -> None:
        client.login(username="stranger", password=PASSWORD)
        assert "搅拌站" not in client.get("/desk/topics").content.decode()
        assert client.get(f"/desk/topics/{hot.rank}").status_code == 404


class TestAWorkbook:
    def test_the_command_names_span_place_and_number(self, tmp_path) -> None:
        file = tmp_path / "留言.xlsx"
        with Workbook(file) as book:
            page = book.add_worksheet()
            page.write_row(0, 0, ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "反对数", "点赞数"])
            for at, text in enumerate([*MIXING, *OTHERS], 1):
                page.write_row(at, 0, [at, f"A{at}", text, f"2026/11/{at} 11:25:05", "\n\t同上", 0, at])
        done = CliRunner().invoke(commands, ["topics", str(file), "--json"])
        told = json.loads(done.output)
        [topic] = told["topics"]
        assert (told["messages"], topic["number"], topic["from"], topic["to"]) == (18, 6, "2026-11-01", "2026-11-06")
        assert topic["rows"] and set(topic["rows"]) == {"1", "2", "3", "4", "5", "6"}

    def test_a_workbook_without_titles_is_told_what_lacks(self, tmp_path) -> None:
        file = tmp_path / "x.xlsx"
        with Workbook(file) as book:
            book.add_worksheet().write_row(0, 0, ["a", "b"])
        with pytest.raises(ValueError, match="主题"):
            sheet.read(file)
