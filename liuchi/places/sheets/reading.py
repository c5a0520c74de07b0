"""A sheet of places: its columns, its rows, the empty template."""

from __future__ import annotations

import io

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liuchi.kernel.errors import Refused
from liuchi.people.sheets import reading as sheets
from liuchi.people.sheets.columns import Column, Sheet
from liuchi.people.sheets.reading import Line
from liuchi.places.models import ServicePoint

MOST_ROWS = 1000
SHEET = Sheet(
    "places",
    _("Service points"),
    (
        Column("name", _("Name"), needed=True, also=("服务点名称", "驿站名称", "站点名称", "店名")),
        Column("kind", _("Kind"), also=("类别",)),
        Column("place", _("Place on the map")),
        Column("lon", _("Longitude"), also=("经度坐标",)),
        Column("lat", _("Latitude")),
        Column("area", _("Area"), also=("所属社区", "所在社区", "社区", "街道")),
        Column("address", _("Address"), also=("详细地址", "具体地址", "位置")),
        Column("inside", _("Inside of (a mall, a centre)")),
        Column("services", _("Services"), also=("服务内容", "服务项目")),
        Column("weekdays", _("Monday to Friday")),
        Column("weekend", _("Saturday and Sunday")),
        Column("floor_area", _("Floor area, m²"), also=("面积", "面积（平方米）")),
        Column("capacity", _("Seats"), also=("座位数",)),
        Column("level", _("Friendly level")),
        Column("phone", _("Office phone"), also=("办公电话", "服务电话", "固定电话", "座机", "电话", "联系电话")),
        Column("opened_on", _("Open since")),
        Column("about", _("A few words about it")),
    ),
)
COLUMNS = {column.key: column.head for column in SHEET.columns}


def read(data: bytes) -> list[Line]:
    """The filled rows. Raises Refused("workbook") for what is no such workbook."""
    rows = sheets.read(data, [SHEET])[SHEET.key]
    if not rows:
        raise Refused("workbook", gettext("There is no filled row in this file."), field="file")
    if len(rows) > MOST_ROWS:
        sentence = gettext("More than %(most)s rows. Please split the file.")
        raise Refused("workbook", sentence % {"most": MOST_ROWS}, field="file")
    return rows


def workbook() -> bytes:
    """The empty sheet in the present language, with an example that is easy to write over."""
    import xlsxwriter  # takes a while to load, and few ask for a workbook

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    head = book.add_format({"bold": True, "bg_color": "#EFEDE6", "bottom": 1})
    text = book.add_format({"num_format": "@"})
    page = book.add_worksheet(str(SHEET.title))
    for column, name in enumerate(COLUMNS.values()):
        page.set_column(column, column, 16, text)
        page.write_string(0, column, str(name), head)
    kinds = [str(label) for _code, label in ServicePoint.KINDS]
    page.data_validation(1, 1, MOST_ROWS, 1, {"validate": "list", "source": kinds})
    page.freeze_panes(1, 1)
    book.close()
    return out.getvalue()
