"""What a letter says: its words alone, its pictures, and whether a machine wrote it."""

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuchi.cases.mailbox import rules
from liuchi.kernel.tests.media_files import encoded


def letter(words: str = "路灯坏了", subject: str = "路灯", **heads: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "张三 <zhang@example.cn>", "street@liuchi.example", subject
    made["Message-ID"], made["Date"] = "<a1@example.cn>", "Wed, 18 Nov 2026 09:00:00 +0800"
    for name, value in heads.items():
        del made[name.replace("_", "-")]
        made[name.replace("_", "-")] = value
    made.set_content(words)
    return made


@pytest.mark.parametrize(
    "tail",
    [
        "\n\n在 2026年11月20日 09:12，街道 <street@liuchi.example> 写道：\n> 已收到",
        "\n\nOn Fri, Nov 20, 2026 at 9:12 AM Street <street@liuchi.example> wrote:\n> got it",
        "\n\nOn Fri, Nov 20, 2026 at 9:12 AM Street Office of the Six Foot Alley\n<street@liuchi.example> wrote:\n> got it",
        "\n\n------------------ 原始邮件 ------------------\n发件人: street\n发送时间: 2026年11月20日\n已收到",
        "\n\n-----Original Message-----\nFrom: Street\nSent: Friday\nTo: me\n\ngot it",
        "\n\n发件人： 街道\n发送时间： 2026-11-20 09:12\n收件人： 张三\n主题： 已收到\n\n已收到",
        "\n\n-- \n张三\n某某公司",
        "\n\n发自我的iPhone",
        "\n\nSent from my iPhone",
        "\n> 已收到\n> 编号",
    ],
)
def test_what_it_answers_to_and_signatures_are_cut(tail: str) -> None:
    assert rules.own_words(f"还是不亮，请再看看。\n东门那盏{tail}") == "还是不亮，请再看看。\n东门那盏"


def test_words_that_only_look_like_a_quote_stay() -> None:
    said = "在 2026年11月20日 发现路灯坏了\n发件人：不详\n- 一盏\n- 两盏"
    assert rules.own_words(said) == said


def test_html_becomes_plain_words_without_scripts() -> None:
    made = letter()
    made.clear_content()
    page = "<style>p{}</style><div>路灯坏了</div><p>就在<b>东门</b>&lt;口&gt;</p><script>alert(1)</script><blockquote>旧信</blockquote>"
    made.set_content(page, subtype="html")
    assert rules.read(made.as_bytes()).words == "路灯坏了\n\n就在东门<口>"


def test_chinese_letters_of_old_programs_are_read() -> None:
    raw = (
        b"From: =?gb2312?B?1cXI/Q==?= <zhang@example.cn>\r\nSubject: =?gb2312?B?wre1xg==?=\r\n"
        b"Content-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + "路灯坏了".encode("gb2312")
    )
    found = rules.read(raw)
    assert (found.subject, found.words, found.sender) == ("路灯", "路灯坏了", "zhang@example.cn")


def test_photos_are_taken_others_are_named_and_logos_left_out() -> None:
    made = letter()
    made.add_attachment(encoded(), "image", "jpeg", filename="灯.jpg")
    made.add_attachment(b"%PDF-1.7", "application", "pdf", filename="投诉.pdf")
    found = rules.read(made.as_bytes())
    assert found.pictures == [encoded()]
    assert found.left == ["投诉.pdf"]


@pytest.mark.parametrize(
    "heads",
    [
        {"Auto_Submitted": "auto-replied"}, {"Auto_Submitted": "auto-generated"}, {"Precedence": "bulk"}, {"Precedence": "list"},
        {"List_Id": "<news.example.cn>"}, {"List_Unsubscribe": "<mailto:x@example.cn>"}, {"Return_Path": "<>"},
        {"From": "MAILER-DAEMON@example.cn"}, {"From": "noreply@example.cn"}, {"From": ""}, {"X_Autoreply": "yes"},
    ],
)  # fmt: skip
def test_machines_are_known(heads: dict[str, str]) -> None:
    assert rules.read(letter(**heads).as_bytes()).machine


@pytest.mark.parametrize(
    "heads", [{}, {"Auto_Submitted": "no"}, {"Return_Path": "<zhang@example.cn>"}, {"Precedence": "normal"}]
)
def test_people_are_no_machines(heads: dict[str, str]) -> None:
    assert not rules.read(letter(**heads).as_bytes()).machine


def test_our_token_is_found_in_subject_and_address() -> None:
    assert rules.token_in("Re: [LC-2026-11-0417 #k3f9x2a8bc] 路灯") == ("LC-2026-11-0417", "k3f9x2a8bc")
    assert rules.token_in("路灯", "street+LC-2026-11-0417.k3f9x2a8bc@liuchi.example") == (
        "LC-2026-11-0417",
        "k3f9x2a8bc",
    )
    assert rules.token_in("LC-2026-11-0417") is None
    assert rules.bare_subject("Re: 回复：[LC-2026-11-0417 #k3f9x2a8bc] 路灯") == "路灯"


@given(st.binary(max_size=800))
def test_any_bytes_are_read(data: bytes) -> None:
    found = rules.read(data)
    assert len(found.words) <= rules.MOST_SIGNS


@given(st.text(max_size=300), st.sampled_from(["From", "Subject", "Date", "Message-ID", "Content-Type", "To"]))
def test_any_head_is_read(said: str, name: str) -> None:
    raw = f"{name}: {said}\r\nFrom: a@b.cn\r\n\r\n路灯".encode("utf-8", errors="surrogatepass")
    assert rules.read(raw).words is not None
    rules.recipients(raw)
