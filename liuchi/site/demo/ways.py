"""The other ways in, so that their pages look alive: a chat that waits in drafts, a sheet of 12345, letters, a visit."""

import io
from datetime import datetime, timedelta
from email.message import EmailMessage
from uuid import uuid4

from liuchi.cases.mailbox import actions as letters
from liuchi.cases.orders import actions as orders
from liuchi.cases.pasting import actions as chats
from liuchi.kernel import context
from liuchi.kernel.context import CHINA, Context
from liuchi.kernel.outbox import actions as outbox
from liuchi.site.demo.people import Cast
from liuchi.territory.models import Place

CHAT = (
    (52, "槐荫里-小丽", "3幢二单元的声控灯又不亮了，老人晚上下楼看不见"),
    (50, "老周（5幢）", "我家这边也是"),
    (49, "王师傅", "+1"),
    (41, "方方妈妈", "东门口的垃圾桶满了两天，味道很大 @社区"),
    (40, "方方妈妈", "[图片]"),
    (33, "社区网格员", "收到，马上安排"),
    (30, "老周（5幢）", "谢谢👍"),
    (12, "晓峰", "北正街人行道有块砖翘起来，刚才有人绊了一下，电话13800009021"),
)
HEADS = (
    "工单编号",
    "来电时间",
    "来电人",
    "联系电话",
    "诉求标题",
    "诉求内容",
    "事发地址",
    "所属区域",
    "诉求类别",
    "办理时限",
)
ORDERS = (
    ("路灯不亮", "小区南面一排路灯三天没亮", "槐荫里", "市政设施类", "5个工作日"),
    ("占道经营", "傍晚有摊贩占了非机动车道", "北正街", "市容秩序类", "3个工作日"),
    ("噪声扰民", "夜里十一点后还在装修", "前进里", "噪声类", "2个工作日"),
    ("下水道堵塞", "雨水井盖下面堵了，一下雨就积水", "灯笼巷", "市政设施类", "5个工作日"),
    ("", "", "", "咨询类", ""),
)
LETTERS = (
    ("建议增设非机动车停车线", "菜场路口每天早上电动车停得很乱，希望画几条停车线。\n\n发自我的iPhone"),
    ("公交站台的顶棚漏雨", "书院路站台下雨天没法躲，顶棚破了一块。"),
)


def load(cast: Cast, now: datetime) -> None:
    """Through the actions that the pages and the worker use."""
    clerk = Context(at=now, recorded_at=now, person=cast.by_role["community_clerk"].pk, channel="replay")
    lines = [
        f"{who} {(now - timedelta(minutes=ago)).astimezone(CHINA):%Y/%m/%d %H:%M}\n{said}\n" for ago, who, said in CHAT
    ]
    chats.paste(clerk, "\n".join(lines), ["社区网格员"])
    _orders(Context(at=now, recorded_at=now, person=cast.by_role["dispatcher"].pk, channel="replay"), now)
    for at, (subject, words) in enumerate(LETTERS):
        sent = now - timedelta(hours=3 + 5 * at)
        letters.take(context.system(sent, channel="mail"), _letter(subject, words, sent, at))
    heard = now - timedelta(hours=2)
    visitor = Context(at=heard, recorded_at=heard, person=cast.by_role["secretary"].pk, channel="phone")
    spot = Place.objects.filter(kind="building", area__level="grid").order_by("source_id", "pk")[0]
    body = {
        "lon": spot.lon,
        "lat": spot.lat,
        "place_source": "map",
        "text": "走访时听居民说，楼栋门口台阶破损，老人进出不便",
        "place_text": "桐溪旁",
        "visit": True,
        "behalf": "程大爷",
    }
    outbox.deliver(visitor, "demo", uuid4(), "case.report", body, [])


def _orders(ctx: Context, now: datetime) -> None:
    import xlsxwriter  # takes a while to load

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    page.write_string(0, 0, "12345政务服务便民热线工单")
    page.write_row(1, 0, HEADS)
    for at, (title, text, place, kind, limit) in enumerate(ORDERS):
        when = (now - timedelta(hours=7 - at)).astimezone(CHINA)
        row = [
            f"DH{now:%y%m%d}{at:04d}",
            f"{when:%Y-%m-%d %H:%M}",
            "市民",
            "13800009031",
            title,
            text,
            place,
            "",
            kind,
            limit,
        ]
        page.write_row(at + 2, 0, row)
    book.close()
    columns = {
        "key": "工单编号", "reported": "来电时间", "phone": "联系电话", "title": "诉求标题", "text": "诉求内容", "place": "事发地址",
        "area": "所属区域", "matter": "诉求类别", "due": "办理时限",
    }  # fmt: skip
    words: dict[str, dict[str, str]] = {"matter": {"市政设施类": "", "市容秩序类": "", "噪声类": ""}, "area": {}}
    orders.keep_sheet(ctx, "12345 工单", "12345", columns, words)
    made = orders.begin(ctx, out.getvalue(), "12345工单.xlsx", "12345", columns, words)
    while orders.carry_on(ctx, made.pk):
        pass


def _letter(subject: str, words: str, at: datetime, number: int) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"shimin{number}@example.cn", "street@liuchi.example", subject
    made["Date"], made["Message-ID"] = at, f"<demo-{number}@example.cn>"
    made.set_content(words)
    return made.as_bytes()
