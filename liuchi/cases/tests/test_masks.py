"""What tells who somebody is is not read by who need not know it; what says where and what, is."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuchi.cases.masks import masked

# What people write around a number; no digits, since those would make it another number.
around = st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=30)


class TestMask:
    @given(around, st.sampled_from(["13", "15", "17", "18", "19"]), st.text("0123456789", min_size=9, max_size=9), around,
           st.sampled_from(["", " ", "-"]))  # fmt: skip
    def test_no_mobile_number_stays_whole(self, before, head, rest, after, gap):
        number = head + rest
        text = f"{before}{number[:3]}{gap}{number[3:7]}{gap}{number[7:]}{after}"
        hidden = masked(text)
        assert f"{number[:3]}****{number[7:]}" in hidden
        assert number not in re.sub(r"[\s-]", "", hidden)

    @given(around, st.text("123456789", min_size=6, max_size=6), st.dates(), st.text("0123456789", min_size=3, max_size=3),
           st.sampled_from("0123456789Xx"), around)  # fmt: skip
    def test_no_identity_number_stays_whole(self, before, place, born, serial, check, after):
        if not 1900 <= born.year <= 2099:
            born = born.replace(year=1970, day=min(born.day, 28))
        number = f"{place}{born:%Y%m%d}{serial}{check}"
        hidden = masked(before + number + after)
        assert number not in hidden
        assert f"{born:%Y%m%d}" not in hidden

    @given(st.text(max_size=200))
    def test_a_mask_hides_the_same_the_second_time(self, text):
        assert masked(masked(text)) == masked(text)

    @given(st.text(st.characters(exclude_categories=["Nd", "Cs"], exclude_characters="我本联姓@微WwQq"), max_size=200))
    def test_words_without_numbers_and_names_stay_as_they_are(self, text):
        assert masked(text) == text

    @pytest.mark.parametrize(
        ("said", "shown"),
        [
            ("我叫王小明，", "我叫王某，"),
            ("联系人：李四 13800001234", "联系人：李某 138****1234"),
            ("我是来反映路灯的", "我是来反映路灯的"),
            ("我是居民", "我是居民"),
            ("我是业主，", "我是业主，"),
            ("我是张大山，", "我是张某，"),
            ("本人是欧阳小明。", "本人是欧阳某。"),
            ("我叫欧阳小明", "我叫欧阳某"),
            ("电话0551-62881234", "电话0551-****234"),
            ("卡号6222020200112233445", "卡号6222********3445"),
            ("发到 fang.xiaomai@example.cn 吧", "发到 f***@example.cn 吧"),
            ("加我微信：wxid_abc123，", "加我微信：***，"),
            ("QQ12345678", "QQ***"),
            ("微信群里都在说", "微信群里都在说"),
            ("3幢2单元501室", "3幢2单元501室"),
            ("2026年11月22日", "2026年11月22日"),
        ],
    )
    def test_as_people_write(self, said, shown):
        assert masked(said) == shown

    @given(around, st.sampled_from("京沪皖苏浙粤"), st.sampled_from("ABCDEFGH"), st.from_regex(r"[A-HJ-NP-Z0-9]{5,6}", fullmatch=True),
           st.sampled_from(["", "·", " ", "•"]), st.sampled_from(["", "的车", "，", "停在"]))  # fmt: skip
    def test_no_plate_stays_whole(self, before, province, city, number, dot, after):
        hidden = masked(f"{before}{province}{city}{dot}{number}{after}")
        assert number not in hidden
        assert f"{province}{city}·***{number[-2:]}" in hidden

    @given(st.text("0123456789", min_size=16, max_size=19).filter(lambda number: number[0] != "0"), st.integers(1, 5))
    def test_no_card_stays_whole_however_it_is_spaced(self, number, every):
        spaced = " ".join(number[at : at + every] for at in range(0, len(number), every))
        assert number[4:-4] not in re.sub(r"\D", "", masked(f"卡号 {spaced}，谢谢"))

    @given(st.sampled_from("王李张刘陈杨"), st.text("伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英", min_size=1, max_size=2),
           st.sampled_from(["邻居{}把楼道占了", "户主叫{}，", "有个叫{}的男人", "{}先生说", "501室{}家的狗", "房东{}在家", "我叫{}，", "联系人：{}"]))  # fmt: skip
    def test_no_name_that_is_said_as_one_stays_whole(self, family, given_name, said):
        assert masked(said.format(family + given_name)) == said.format(family + "某")

    @pytest.mark.parametrize(
        ("said", "shown"),
        [
            ("皖A·D12345停在消防通道", "皖A·***45停在消防通道"),
            ("皖AD12345挡了路", "皖A·***45挡了路"),
            ("电话１３８００００１２３４", "电话138****1234"),
            ("电话一三八零零零零一二三四", "电话一三八****一二三四"),
            ("138.0000.1234", "138****1234"),
            ("6222 0202 0000 1234 567", "6222********4567"),
            ("340881 19900101 123X", "340881**********X"),
            ("旧身份证340881900101123", "旧身份证340881******123"),
            ("护照号E12345678", "护照号***"),
            ("加我微 abc12345", "加我微 ***"),
            ("vx:abc_12345", "vx:***"),
            ("欧阳小明女士来过", "欧阳某女士来过"),
            ("是张伟家漏的水", "是张某家漏的水"),
        ],
    )
    def test_numbers_plates_and_names_of_others(self, said, shown):
        assert masked(said) == shown

    @pytest.mark.parametrize(
        "said",
        [
            "一家叫金龙的超市半夜放音乐", "李师傅来修过", "金属老师傅", "车主任意停车", "业主万一在家", "老板高声放音乐", "何不叫老师们看看",
            "任课老师说了", "业主谢谢您", "周边家的狗", "贵州路13号楼1305室", "京A区门口", "２０２６年１１月２２日", "第4条：５级至10级", "楼下马路上有黄土", "12345热线",
        ],
    )  # fmt: skip
    def test_what_names_nobody_stays(self, said):
        assert masked(said) == said


@pytest.mark.parametrize(
    "said",
    [
        "微信" + " " * 4990,
        "a@" + "a." * 2499,
        "我叫" * 2500,
        "1" * 5000,
        "姓名是" + "王" * 4990,
        "邻居" * 2500,
        "王" * 5000,
        "皖A" * 2500,
        "1 " * 2500,
        "一" * 5000,
        "在王家" * 1600,
    ],
)
def test_no_words_make_hiding_slow(said):
    began = time.thread_time()
    masked(said)
    assert time.thread_time() - began < 0.1
