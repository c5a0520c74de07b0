"""A pasted chat in the forms in which WeChat copies it: every line is in one draft, or left out with why."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuchi.cases.pasting import rules
from liuchi.kernel.context import CHINA

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)  # a Sunday, noon in Shanghai

WINDOWS = """张三:
槐荫里3幢路灯不亮，晚上看不见

李四:
收到

王姐 3-502:
我家也是
"""
MAC = """张三 2026/11/20 09:12
槐荫里3幢路灯不亮，晚上看不见

李四 2026/11/20 09:13
收到

王姐 3-502 2026/11/20 09:15
我家也是
"""
FORWARDED = """张三 2026年11月20日 上午9:12
槐荫里3幢路灯不亮，晚上看不见
李四 2026年11月20日 上午9:13
收到
王姐 3-502 2026年11月20日 上午9:15
我家也是
"""
PHONE = """微信群"六尺巷业主群"的聊天记录如下:

—————  2026-11-20  —————


张三  09:12

槐荫里3幢路灯不亮，晚上看不见

李四  09:13

收到

王姐 3-502  09:15

我家也是
"""
BACKUP = """2026-11-20 09:12:00 张三
槐荫里3幢路灯不亮，晚上看不见

2026-11-20 09:13:01 李四
收到

2026-11-20 09:15:02 王姐 3-502
我家也是
"""
BRACKETS = """张三(2026-11-20 09:12:00)
槐荫里3幢路灯不亮，晚上看不见
李四(2026-11-20 09:13:01)
收到
王姐 3-502(2026-11-20 09:15:02)
我家也是
"""
CARD = """张三: 槐荫里3幢路灯不亮，晚上看不见
李四: 收到
王姐 3-502: 我家也是
"""
FORMS = {
    "windows": WINDOWS, "mac": MAC, "forwarded": FORWARDED, "phone": PHONE, "backup": BACKUP, "brackets": BRACKETS, "card": CARD,
}  # fmt: skip


def sort(text: str, **more: object) -> rules.Sorted:
    return rules.sort(text, NOW, CHINA, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", FORMS)
def test_each_form_of_a_copied_chat_is_read(form: str) -> None:
    found = sort(FORMS[form])
    [draft] = found.drafts
    assert draft.words == "槐荫里3幢路灯不亮，晚上看不见"
    assert draft.speakers == ["张三"]
    assert draft.joined == {"王姐 3-502"}
    assert [one.why for one in found.left_out if one.message] == ["reply", "joined"]
    if form not in ("windows", "card"):
        assert draft.at == datetime(2026, 11, 20, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "at"),
    [
        ("张三 昨天 21:07", datetime(2026, 11, 21, 21, 7)),
        ("张三 星期五 21:07", datetime(2026, 11, 20, 21, 7)),
        ("张三 星期五 下午3:05", datetime(2026, 11, 20, 15, 5)),
        ("张三 11月19日 晚上9:30", datetime(2026, 11, 19, 21, 30)),
        ("张三 12月19日 09:30", datetime(2025, 12, 19, 9, 30)),
        ("张三 2026/11/20 9:12 PM", datetime(2026, 11, 20, 21, 12)),
        ("张三 09:12", datetime(2026, 11, 22, 9, 12)),
        ("张三 23:59", None),  # still to come: it does not say which day
        ("张三 2026/02/31 09:12", datetime(2026, 11, 22, 9, 12)),
    ],
)
def test_times_as_wechat_writes_them(head: str, at: datetime | None) -> None:
    [draft] = sort(f"{head}\n水管漏水").drafts
    assert draft.words == "水管漏水"
    assert draft.at == (at.replace(tzinfo=CHINA) if at else None)


def test_words_of_nobody_are_one_draft() -> None:
    [draft] = sort("路灯坏了\n地址：槐荫里3幢\n联系电话：13800001234").drafts
    assert draft.speakers == []
    assert draft.words.count("\n") == 2
    assert rules.contact_in(draft.words) == "13800001234"


def test_who_writes_on_says_more_of_the_same_and_two_matters_are_two_drafts() -> None:
    chat = "\n\n".join(
        [
            "张三:\n路灯不亮",
            "张三:\n[图片]",
            "张三:\n[图片]",
            "李四:\n垃圾没人收",
            "张三:\n井盖也没了",
            "张三:\n就在东门",
        ]
    )

    def topic(words: str) -> str:
        return next((word for word in ("路灯", "垃圾", "井盖") if word in words), "")

    found = sort(chat, topic=topic)
    assert [draft.words for draft in found.drafts] == ["路灯不亮", "垃圾没人收", "井盖也没了\n就在东门"]
    assert found.drafts[0].pictures == 2


def test_hours_later_the_same_person_says_something_else() -> None:
    found = sort("张三 2026/11/20 09:12\n路灯不亮\n\n张三 2026/11/20 15:12\n有人占道")
    assert len(found.drafts) == 2


def test_who_answers_to_a_quoted_message_joins_that_one() -> None:
    chat = "\n\n".join(
        [
            "张三:\n路灯不亮",
            "李四:\n垃圾没人收",
            "王五:\n「张三：路灯不亮」\n- - - - - - - - - - - - - - -\n我家也是",
            "赵六:\n+1",
        ]
    )
    found = sort(chat)
    assert [draft.joined for draft in found.drafts] == [{"王五"}, {"赵六"}]


@pytest.mark.parametrize(
    "words",
    [
        "收到",
        "好的",
        "好的，谢谢",
        "👍",
        "👍👍",
        "[强]",
        "OK",
        "收到，谢谢主任",
        "辛苦了🌹",
        "@张三 收到",
        "谢谢社区！",
        "嗯嗯",
    ],
)
def test_answers_are_no_requests(words: str) -> None:
    found = sort(f"张三:\n路灯不亮\n\n李四:\n{words}")
    assert [one.why for one in found.left_out] == ["reply"]


@pytest.mark.parametrize(
    "words",
    [
        "+1",
        "我家也是",
        "我家这边也是",
        "还有我家也是",
        "我也是",
        "同求",
        "加一",
        "我们楼也是",
        "502也是",
        "+1 👍",
        "同样",
    ],
)
def test_the_same_here_is_counted(words: str) -> None:
    found = sort(f"张三:\n路灯不亮\n\n李四:\n{words}")
    assert found.drafts[0].joined == {"李四"}


@pytest.mark.parametrize(
    "words",
    [
        "收到没有？路灯还是不亮",
        "好的小区不能没有灯",
        "谢谢，可是水管还在漏",
        "我家也是漏水，3幢502，卧室顶上",
        "是不是停水了",
    ],
)
def test_a_request_is_never_taken_for_an_answer(words: str) -> None:
    assert not rules.reason(sort(f"李四:\n{words}").drafts[0].messages[0])


def test_one_s_own_words_voices_and_what_wechat_says_are_left_out() -> None:
    chat = '社区小敏:\n大家注意，明天停水\n\n张三:\n[语音] 12"\n\n"李四"撤回了一条消息\n\n王五:\n路灯坏了'
    found = sort(chat, own=["小敏"])
    assert [one.why for one in found.left_out] == ["own", "unreadable", "system"]
    assert [draft.words for draft in found.drafts] == ["路灯坏了"]


def test_names_of_the_group_do_not_leave_the_draft() -> None:
    said = rules.without_names("@王小二 路灯坏了，找张三也没用，路灯一直不亮", ["王小二", "张三", "路灯"])
    assert said == "路灯坏了，找张某也没用，路灯一直不亮"


def test_words_are_split_at_the_cursor_and_without_one_behind_the_first_line() -> None:
    assert rules.split_at("路灯坏了垃圾没收", 4) == ("路灯坏了", "垃圾没收")
    assert rules.split_at("路灯坏了\n垃圾没收\n井盖", 0) == ("路灯坏了", "垃圾没收\n井盖")
    assert rules.split_at("路灯坏了", 0) == ("路灯坏了", "")


HEADS = st.sampled_from(
    ["张三:", "李四 2026/11/20 09:12", "王姐  09:12", "—————  2026-11-20  —————", "昨天 21:07", "2026-11-20 09:12:33 赵六", "收到", "+1",
     "[图片]", "「张三：路灯」", "- - - - -", "以下为新消息", "赵六: 水停了", "[语音]", "", " ", "👍"]
)  # fmt: skip
LINES = st.lists(
    st.one_of(HEADS, st.text(max_size=20), st.text("张三李四路灯:： 0912[]「」\n", max_size=15)), max_size=25
)


@settings(max_examples=300, deadline=None)
@given(LINES, st.sampled_from([(), ("张三",)]))
def test_no_line_is_lost_and_none_is_in_two_places(lines: list[str], own: tuple[str, ...]) -> None:
    text = "\n".join(lines)
    found = sort(text, own=own, topic=lambda words: words[:1])
    placed = [number for draft in found.drafts for number in draft.lines]
    placed += [number for one in found.left_out for number in one.lines]
    rows = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n").split("\n")
    assert len(placed) == len(set(placed))
    for number, row in enumerate(rows):
        if any(sign.isprintable() and not sign.isspace() for sign in row):
            assert number in placed, row
    assert all(one.why in rules.WHYS for one in found.left_out)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("路灯坏了垃圾没人收水管漏水，。！ abc123", min_size=6, max_size=30).filter(lambda said: len(said.strip()) > 5), min_size=1, max_size=6))  # fmt: skip
def test_all_that_was_written_stands_in_a_draft_or_among_what_was_left_out(said: list[str]) -> None:
    text = "\n\n".join(f"业主{at} 2026/11/20 09:{at:02d}\n{words}" for at, words in enumerate(said))
    found = sort(text)
    told = "\n".join(
        [draft.words for draft in found.drafts] + [one.message.words for one in found.left_out if one.message]
    )
    for words in said:
        assert words.strip() in told
