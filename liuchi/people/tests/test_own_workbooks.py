"""An office's own list: its heads are found under a title, and its own words are asked about once for all rows."""

import io

import pytest
from django.test import Client
from django.utils.translation import override

from liuchi.kernel.errors import Refused
from liuchi.people.models import Consent, Registration
from liuchi.people.registers.sheets.columns import SHOPS, WORKERS
from liuchi.people.registers.sheets.meaning import likeliest
from liuchi.people.sheets.reading import read
from liuchi.people.tests import workbooks
from liuchi.people.tests.conftest import Place, client_of

LIST = [
    ["六尺街道新就业群体花名册"],
    ["填表日期：2026年11月22日"],
    ["序号", "姓名", "手机号", "职业", "所属平台", "所在社区", "同意方式", "备注"],
    ["1", "方谷雨", "13700000002", "送外卖", "蓝盒", "槐荫", "当面口头", "晚班"],
    ["2", "方白露", "13700000003", "送外卖", "蓝盒", "槐荫", "当面口头", ""],
    ["3", "方寒露", "13700000004", "快递员", "", "槐荫社区", "当面口头", ""],
]


def uploaded(client: Client, data: bytes) -> str:
    file = io.BytesIO(data)
    file.name = "花名册.xlsx"
    return client.post("/desk/registers/people/import", {"file": file}).content.decode()


def test_heads_are_found_under_a_title_and_under_their_usual_names() -> None:
    lines = read(workbooks.own_list(LIST), [WORKERS])["workers"]
    assert [line.number for line in lines] == [4, 5, 6]
    assert lines[0].cells["phone"] == "13700000002" and lines[0].cells["area"] == "槐荫"
    assert lines.unused == ["序号", "备注"]


def test_a_list_without_what_is_needed_is_told_what_lacks() -> None:
    with override("zh-hans"), pytest.raises(Refused, match="姓名"):
        read(workbooks.own_list([["序号", "联系电话"], ["1", "13700000002"]]), [WORKERS])
    with pytest.raises(Refused):
        read(workbooks.own_list(LIST), [SHOPS])


def test_an_offices_own_words_are_asked_once_and_hold_for_all_rows(place: Place) -> None:
    clerk = client_of(place.person("community_clerk"))
    page = uploaded(clerk, workbooks.own_list(LIST))
    assert "文件里的写法与清单不一致" in page and "序号、备注" in page
    assert "means:trade:送外卖" in page and "means:area:槐荫" in page
    assert "槐荫社区</option>" in page
    means = {"means:trade:送外卖": "外卖骑手", "means:area:槐荫": "槐荫社区", "file": "花名册.xlsx"}
    page = clerk.post("/desk/registers/people/import", means | {"again": "1"}).content.decode()
    assert "请从列表里选择" not in page and "<option selected>外卖骑手" in page
    assert not Registration.objects.exists()
    done = clerk.post("/desk/registers/people/import/confirm", means).content.decode()
    assert "已写入" in done
    assert sorted(Registration.objects.values_list("trade", flat=True)) == ["delivery", "takeaway", "takeaway"]
    assert set(Registration.objects.values_list("area__name", flat=True)) == {"槐荫社区"}


def test_a_meaning_opens_no_area_that_is_not_ones_own(place: Place) -> None:
    clerk = client_of(place.person("community_clerk"))
    uploaded(clerk, workbooks.own_list(LIST))
    means = {"means:trade:送外卖": "外卖骑手", "means:area:槐荫": "文汇社区", "again": "1"}
    page = clerk.post("/desk/registers/people/import", means).content.decode()
    assert "不归您登记" in page


def test_what_was_left_out_is_told_by_name(place: Place) -> None:
    clerk = client_of(place.person("community_clerk"))
    rows = [
        *LIST[:3],
        *([cell.replace("送外卖", "外卖骑手").replace("槐荫", "槐荫社区") for cell in row] for row in LIST[3:5]),
    ]
    uploaded(clerk, workbooks.own_list(rows))
    clerk.post("/desk/registers/people/import/confirm")
    new = ["9", "方小寒", "13700000009", "快递员", "", "槐荫社区", "当面口头", ""]
    uploaded(clerk, workbooks.own_list([*rows, new]))
    done = clerk.post("/desk/registers/people/import/confirm").content.decode()
    assert "方谷雨" in done and "已经在册" in done and "方小寒" not in done


def test_the_likeliest_word_stands_first() -> None:
    words = ["快递员", "外卖骑手", "货车司机", "网约车司机", "网络主播"]
    for said, word in (("送外卖", "外卖骑手"), ("货运司机", "货车司机"), ("主播", "网络主播")):
        assert likeliest(said, words)[0][1] == word


@pytest.mark.parametrize("said", ["不同意", "未签字", "电话拒绝", "口头"])
def test_how_somebody_agreed_is_never_guessed(place: Place, said: str) -> None:
    """Who said no must not become a yes by a list that was chosen beforehand, or by a form that somebody made up."""
    clerk = client_of(place.person("community_clerk"))
    page = uploaded(clerk, workbooks.own_list([*LIST[:3], ["1", "方谷雨", "", "快递员", "", "槐荫社区", said, ""]]))
    assert "请写明本人以什么方式同意" in page and "means:how" not in page
    means = {f"means:how:{said}": "当面口头", "means:name:方谷雨": "方白露", "means:trade:快递员": "快递员"}
    for address in ("/desk/registers/people/import", "/desk/registers/people/import/confirm"):
        clerk.post(address, means | ({"again": "1"} if address.endswith("import") else {}))
    assert not Registration.objects.exists() and not Consent.objects.filter(purpose="register").exists()


def test_of_two_places_alike_none_is_chosen_beforehand(place: Place) -> None:
    clerk = client_of(place.person("community_clerk"))
    rows = [[cell.replace("槐荫", "槐阴") for cell in row] for row in LIST]
    page = uploaded(clerk, workbooks.own_list(rows))
    assert "means:area:槐阴" in page and "<option>槐荫社区" in page and "<option selected>槐荫社区" not in page


def test_a_cell_as_long_as_a_page_is_not_asked_about(place: Place) -> None:
    clerk = client_of(place.person("community_clerk"))
    page = uploaded(
        clerk, workbooks.own_list([*LIST[:3], ["1", "方谷雨", "", "快" * 5000, "", "槐荫社区", "当面口头", ""]])
    )
    assert "means:trade" not in page and len(page) < 60_000
