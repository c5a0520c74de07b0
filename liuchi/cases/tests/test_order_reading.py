"""What a sheet of orders says: heads below titles, times and limits as offices write them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuchi.cases.orders import rules
from liuchi.cases.orders.reading import sheet_of
from liuchi.cases.tests.helpers import TEN
from liuchi.cases.tests.test_orders import COLUMNS, HEADS, book
from liuchi.kernel.context import CHINA
from liuchi.kernel.errors import Refused


def test_heads_are_found_below_a_title_and_known_by_what_they_are_called() -> None:
    sheet = sheet_of(book())
    assert sheet.heads == HEADS
    assert rules.guess(sheet.heads) == COLUMNS
    assert rules.guess(["*工单编号（必填）", "反映内容", "受理时间", "来电号码", "事发地址"]) == {
        "key": "*工单编号（必填）", "text": "反映内容", "reported": "受理时间", "phone": "来电号码", "place": "事发地址",
    }  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_the_encodings_of_offices(encoding: str, delimiter: str) -> None:
    text = f"工单编号{delimiter}诉求内容\r\nA1{delimiter}路灯坏了\r\n"
    [order] = sheet_of(text.encode(encoding)).orders({"key": "工单编号", "text": "诉求内容"}, TEN)
    assert (order.key, order.text, order.why) == ("A1", "路灯坏了", "")


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0" + bytes(600), b"one", bytes(range(256))]
)
def test_what_is_no_sheet_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Refused):
        sheet_of(data)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("2026-11-20 09:12:33", datetime(2026, 11, 20, 9, 12, 33)), ("2026/11/20 9:12", datetime(2026, 11, 20, 9, 12)),
        ("2026年11月20日 9时12分", datetime(2026, 11, 20, 9, 12)), ("2026.11.20", datetime(2026, 11, 20)),
        ("2026-11-20T09:12:33.000", datetime(2026, 11, 20, 9, 12, 33)), ("2026-11-20 下午3:05", datetime(2026, 11, 20, 15, 5)),
        ("2026-13-20", None), ("明天", None), ("", None), ("2026-11-20 25:00", None),
    ],
)  # fmt: skip
def test_times_as_sheets_have_them(said: str, read: datetime | None) -> None:
    assert rules.moment(said, CHINA) == (read.replace(tzinfo=CHINA) if read else None)


@pytest.mark.parametrize(
    ("said", "read"),
    [("5个工作日", "5 work_day"), ("3 天", "3 natural_day"), ("24小时", "24 urgent_hour"), ("2个工作时", "2 work_hour"), ("0天", ""), ("尽快", "")],
)  # fmt: skip
def test_limits_as_sheets_have_them(said: str, read: str) -> None:
    assert rules.limit(said, CHINA) == read
    assert rules.limit("2026-11-20", CHINA) == datetime(2026, 11, 20, 23, 59, tzinfo=CHINA)


CELLS = st.one_of(st.text(max_size=30), st.none(), st.floats(), st.booleans(), st.datetimes(), st.integers())


@given(st.dictionaries(st.sampled_from(list(rules.HEADS)), CELLS))
def test_any_row_is_read_or_says_why(cells: dict[str, Any]) -> None:
    order = rules.read(3, cells, datetime(2026, 11, 18, tzinfo=UTC), CHINA)
    assert order.why in ("", *rules.WHYS)
    assert order.why or (order.key and order.text)
