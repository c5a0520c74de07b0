"""The addresses of the other ways in which requests come: chats, sheets, mail; and the things that they are about."""

from types import SimpleNamespace
from typing import Any

from liuchi.cases.models import ChatDraft, ChatPaste, OrderImport, OrderSheet
from liuchi.cases.pasting import stored
from liuchi.kernel.context import Context
from tests.access.rows import Row

ROWS: list[Row] = [
    #   method  address                                              about           ARrWLCDHSVX    ARrWLCDHSVX
    # A pasted chat is its clerk's alone, and the one here is nobody's who is signed in: they are led back to the page, as
    # with a draft that is gone
    Row("GET",  "desk/paste",                                        "",             ">---+++--+-"),
    Row("POST", "desk/paste",                                        "",             ">---+++--+-"),
    Row("POST", "desk/paste/<uuid:draft_id>",                        "chat_draft",   ">---+++--+-", ">---+++--+-"),
    Row("POST", "desk/paste/<uuid:draft_id>/pictures",               "chat_draft",   ">---000--0-", ">---000--0-"),
    Row("POST", "desk/paste/<uuid:paste_id>/<int:at>",               "chat_line",    ">---+++--+-", ">---+++--+-"),
    Row("GET",  "desk/mailbox",                                      "",             ">---------+"),
    # Sheets of orders: who gives work to units; a file is whose it is
    Row("GET",  "desk/orders",                                       "",             ">----++----"),
    Row("POST", "desk/orders",                                       "",             ">----++----"),
    Row("GET",  "desk/orders/new",                                   "",             ">----++----"),
    Row("GET",  "desk/orders/kept/<int:pk>",                         "order_sheet",  ">----++----", ">----++----"),
    Row("GET",  "desk/orders/<uuid:pk>",                             "order_import", ">----00----", ">----00----"),
    Row("GET",  "desk/orders/<uuid:pk>/result",                      "order_import", ">----00----", ">----00----"),
]  # fmt: skip


def things(ctx: Context, side: SimpleNamespace) -> dict[str, Any]:
    """One of each kind that an address can be about; side: area, unit, reporter of this side of the river."""
    held = ChatPaste(person=side.reporter, made_at=ctx.at)
    held.content = stored.closed_left(held.pk, [])
    held.save()
    draft = ChatDraft(paste=held, order=1000)
    draft.content = stored.closed(draft.pk, stored.Content("路灯不亮"))
    draft.save()
    name = f"12345 {side.area.code}"
    sheet = OrderSheet.objects.create(
        name=name, source="12345", columns={"key": "工单编号", "text": "诉求内容"}, used_at=ctx.at
    )
    going = OrderImport.objects.create(
        person=side.reporter,
        name="工单.xlsx",
        source="12345",
        columns=sheet.columns,
        words={},
        total=1,
        made_at=ctx.at,
        kept_until=ctx.at,
    )
    return {"chat_draft": draft.pk, "chat_line": held.pk, "order_sheet": sheet.pk, "order_import": going.pk}
