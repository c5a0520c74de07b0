"""Staff word a text their own way, see how it reads, and get the original back; a bad placeholder gets a clear sentence."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from liuchi.kernel.errors import Refused
from liuchi.notices import actions, rules, texts
from liuchi.notices.models import Wording
from liuchi.people.tests.conftest import Place, client_of, context, place

__all__ = ["place"]
KEY = "post.another_secretary"
AT = f"/desk/notices/texts/{KEY}"


@pytest.fixture
def desk(place: Place):
    return client_of(place.person("administrator"))


def said(**values):
    with translation.override("zh-hans"):
        return texts.get(KEY).say(unit="环卫队", name="张三", day="11月25日", **values)


@pytest.mark.django_db
def test_staffs_own_words_are_said_from_then_on(place, desk):
    assert said() == (
        "您单位新任一位书记",
        "11月25日起，张三也能看到环卫队书记可看的内容。如果不对，请告诉管理员。",
    )
    sent = {"title": "新书记", "body": "｛姓名｝在{ 单位 }"}
    assert desk.post(AT, sent).status_code == 302
    assert said() == ("新书记", "张三在环卫队")
    with translation.override("en"):
        assert texts.get(KEY).say(unit="Team", name="x", day="y")[0] == "Another secretary of your unit", (
            "the other language keeps its words"
        )
    shown = desk.get(AT).content.decode()
    assert "{姓名}在{单位}" in shown and "张三在环卫队" in shown
    assert desk.post(f"{AT}/restore").status_code == 302
    assert said()[0] == "您单位新任一位书记"
    assert "/restore" not in desk.get(AT).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("{承办人}会来", "没有{承办人}。可以用的有：{姓名}"),
        ("{姓名会来", "没有成对"),
        ("会来}", "没有成对"),
        ("{}", "没有{}"),
        ("{unit.__class__}", "没有{unit.__class__}"),
    ],
)
def test_a_bad_placeholder_gets_a_clear_sentence_and_nothing_is_lost(desk, body, sentence):
    shown = desk.post(AT, {"title": "标题", "body": body}).content.decode()
    assert sentence in shown and body in shown
    assert not Wording.objects.exists()


@pytest.mark.django_db
def test_the_preview_keeps_nothing(desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        shown = desk.post(
            AT, {"title": "甲", "body": "{单位}", "preview": "1"}, headers={"HX-Request": "true"}
        ).content.decode()
    assert "环卫队" in shown and "<html" not in shown
    assert not Wording.objects.exists()


@pytest.mark.django_db
def test_the_list_says_which_are_staffs_own(desk, django_assert_max_num_queries):
    desk.post(AT, {"title": "新书记", "body": ""})
    with django_assert_max_num_queries(15):
        shown = desk.get("/desk/notices/texts").content.decode()
    assert "新书记" in shown and "已修改" in shown and "{姓名}" in shown
    assert "Another secretary" in desk.get("/desk/notices/texts?language=en").content.decode()


@pytest.mark.django_db
def test_only_an_administrator_words_them(place):
    with pytest.raises(Refused, match="岗位"):
        actions.word(context(person=place.person("dispatcher").pk), KEY, "zh-hans", "x", "")
    assert desk_status(place, "dispatcher") == 403


def desk_status(place, role):
    return client_of(place.person(role)).get(AT).status_code


@pytest.mark.django_db
def test_every_original_can_be_worded_as_it_stands(place):
    """What the page shows, and is sent back unchanged, is taken and says the same."""
    ctx = context(person=place.person("administrator").pk)
    for text in texts.declared():
        for language in ("zh-hans", "en"):
            with translation.override(language):
                title, body = (text.shown(part) for part in text.original())
                before = text.say(**text.examples())
            actions.word(ctx, text.key, language, title, body)
            with translation.override(language):
                assert text.say(**text.examples()) == before


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_value_is_never_read_as_a_template(value, other):
    assert rules.filled("{a}|{b}", {"a": value, "b": other}) == f"{value}|{other}"
