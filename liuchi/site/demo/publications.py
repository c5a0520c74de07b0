"""Six lessons, two lectures, a leaflet in batches and the list of 42 services, for the demo place."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from liuchi.kernel.context import Context
from liuchi.people import rules
from liuchi.people.models import Consent, Person
from liuchi.places.models import ServicePoint
from liuchi.publications.actions import counting, leaflets, lectures, lessons, services
from liuchi.publications.models import Lecture, Lesson, ServiceItem
from liuchi.site.demo.people import Cast

RIDERS = ("delivery", "takeaway")
# (title, minutes, trades, signed, paragraphs, [(question, [(answer, right)], why)])
Quiz = Sequence[tuple[str, Sequence[tuple[str, bool]], str]]
LESSONS: Sequence[tuple[str, int, tuple[str, ...], bool, Sequence[str], Quiz]] = (
    (
        "头盔怎么戴才管用", 3, RIDERS, True,
        (
            "头盔不是戴上就行，要戴正、扣紧、合适，出事时才护得住。",
            "一、戴正：帽沿与眉毛平，不往后仰。\n二、扣紧：下巴与带子之间放得下两根手指，再多就松了。\n三、合适：不系带摇头，头盔不跟着晃。",
            "摔过、裂过的头盔，里面的泡沫已经压扁，看着没事也要换。一般三到五年换一顶。",
        ),
        (
            ("系好带子，下巴下面留多宽合适？", (("一点不留", False), ("两根手指", True), ("一个拳头", False)), "两根手指刚好：太紧难受，太松撞击时头盔会飞出去。"),
            ("头盔重重摔过一次，外壳没裂，该怎么办？", (("接着用", False), ("换一顶新的", True), ("贴层胶带", False)), "里面的缓冲层压过一次就不再吸能，换新最稳妥。"),
            ("下面哪些做法是对的？", (("帽沿与眉毛平", True), ("天热先不系带", False), ("摇头时头盔不晃", True)), "戴正、不晃，再扣好带子，三样缺一不可。"),
        ),
    ),
    (
        "雨天骑行五个提醒", 4, RIDERS, False,
        (
            "下雨路滑，刹车距离会变长。晚几分钟没关系，平台也给雨天延时。",
            "一、慢：比平时慢三分之一。\n二、远：与前车拉开两倍距离。\n三、直：过井盖、斑马线、钢板时扶正车把，不急刹、不拐弯。\n四、亮：白天也开灯，穿亮色雨衣。\n五、避：积水看不见底就绕开。",
            "雨衣下摆收好，别卷进车轮。刹车湿了会变软，先轻捏几下把水甩干。",
        ),
        (
            ("雨天过湿井盖，正确的做法是？", (("扶正车把，匀速通过", True), ("急刹减速", False), ("猛打方向绕开", False)), "湿铁面最滑，急刹和拐弯都容易摔。"),
            ("前面积水看不到底，怎么办？", (("加速冲过去", False), ("绕开或推行", True), ("跟着汽车走", False)), "水下可能有坑、有没盖的井，绕开最安全。"),
            ("雨天骑行应该做到哪些？", (("开灯", True), ("拉开车距", True), ("为赶时间闯一次灯", False)), "看得见、刹得住，才叫快。"),
        ),
    ),
    (
        "电池充电，这几条要记牢", 5, (), True,
        (
            "电动车起火，多半起于充电。火从冒烟到满屋，只要一两分钟。",
            "不进楼：不把车和电池带进楼道、电梯、屋里。\n不飞线：不从窗口拉线充电。\n不混用：用原装充电器，坏了买同型号的。\n不过夜：充满就拔，夜里不充。",
            "鼓包、漏液、进过水、摔变形的电池，立即停用，送到回收点，不要自己拆。",
            "看到冒烟：人先跑，关上门，打119。锂电池起火会复燃、会爆，别回头拿东西。",
        ),
        (
            ("电池鼓包了，怎么处理？", (("扎个孔放气", False), ("停用，送回收点", True), ("放阳台再观察", False)), "鼓包说明里面已经在产气，随时可能起火。"),
            ("哪里不能给电池充电？", (("楼道里", True), ("换电柜", False), ("卧室里", True)), "一旦起火，楼道是逃命的路，卧室里的人来不及醒。"),
            ("屋里电池冒烟，第一件事做什么？", (("拍视频", False), ("人先跑，关门，打119", True), ("把电池抱出去", False)), "火势发展极快，人比什么都要紧。"),
        ),
    ),
    (
        "接单路上防诈骗", 5, (), False,
        (
            "骗子的话术常变，套路就三样：让您着急、让您转账、让您保密。",
            "“刷单返现”先小返、后大骗；“代付代买”付完就失联；“平台客服”说您要被扣款，叫您共享屏幕；“取送现金”是在帮骗子转赃款。",
            "记住：不共享屏幕，不说验证码，不替陌生人取送现金和黄金。拿不准，打96110问一句。",
        ),
        (
            ("自称平台客服，让您打开屏幕共享，怎么办？", (("照做", False), ("挂断，从App里找客服", True), ("先说验证码", False)), "共享屏幕等于把手机交给别人，真客服不会这样要求。"),
            ("顾客请您去取一包现金送到路边，酬劳很高，能接吗？", (("能", False), ("不能，报警", True), ("收了钱就行", False)), "这很可能是赃款，取送的人也要担责。"),
            ("哪些是骗子常用的手法？", (("催您快点", True), ("让您别告诉家人", True), ("请您当面核实", False)), "着急加保密，十有八九是骗局。"),
        ),
    ),
    (
        "路上急救：等救护车的十分钟", 5, (), False,
        (
            "遇到有人倒地，先看环境安全，再拍肩大声问。没有反应、没有正常呼吸，马上打120，旁边有人就让他去取除颤仪。",
            "胸外按压：两乳头连线中点，双手交叠，手臂伸直，每分钟一百到一百二十下，深五到六厘米，别停。",
            "出血：干净布直接压住，压十分钟不松。骨折：不拉不掰，等医生。摔伤的人不要随便扶起来。",
        ),
        (
            ("胸外按压的频率是？", (("每分钟60下", False), ("每分钟100到120下", True), ("越快越好", False)), "跟着《最炫民族风》的节拍，差不多刚好。"),
            ("伤口一直流血，先做什么？", (("用布直接压住", True), ("撒香灰", False), ("用水猛冲", False)), "直接压迫最有效，别急着松开看。"),
            ("有人摔下车，说脖子疼，怎么办？", (("扶他坐起来", False), ("不动他，打120", True), ("背去医院", False)), "颈椎受伤时乱动会伤到脊髓。"),
        ),
    ),
    (
        "新交规里和骑手有关的", 6, RIDERS, False,
        (
            "电动自行车属于非机动车：走非机动车道，限速二十五公里，过斑马线下车推行。",
            "不逆行、不闯灯、不占机动车道。载物高不过一米五，宽不超出车把十五厘米，长不超出车身。",
            "接单看手机，先靠边停稳。蓝牙耳机只戴一边，听得见喇叭。",
        ),
        (
            ("过斑马线应该？", (("骑过去", False), ("下车推行", True), ("鸣喇叭通过", False)), "推着走才算行人，出了事责任也不一样。"),
            ("路上来了新单，怎么办？", (("边骑边点", False), ("靠边停稳再看", True), ("红灯时低头看", False)), "低头两秒，车已经走了十几米。"),
            ("下面哪些是违法的？", (("逆行", True), ("载物太宽", True), ("夜里开灯", False)), "逆行是骑手事故的头一个原因。"),
        ),
    ),
)  # fmt: skip

LAWYER = "示例律师（县法律援助中心志愿者）"
LEAFLET = (
    "一、不把电动车和电池带进楼道、电梯和屋里。\n二、不从窗口拉线充电。\n三、用原装充电器，充满就拔。\n"
    "四、电池鼓包、进水，停用并送社区回收点。\n发现冒烟：人先跑，关上门，打119。"
)


def load(cast: Cast, now: datetime) -> int:
    """Returns how many lessons there are."""
    street, community, clerk = cast.street, cast.communities[0], cast.by_role["community_clerk"]
    grids = [grid for grid in cast.grids if community.first <= grid.first <= community.last]

    def by(person: Person | None, at: datetime) -> Context:
        return Context(at=at, recorded_at=at, person=person.pk if person else None, channel="replay")

    office = by(cast.by_role["dispatcher"], now - timedelta(days=25))
    services.set_up(office, street)
    _placed(office)
    _used(by(None, now), now)
    made = [_lesson(office.happened(now - timedelta(days=20 - at)), street, *one) for at, one in enumerate(LESSONS)]
    _learnt(cast, by(None, now), made, now)
    lessons.note_teaching(
        by(clerk, now - timedelta(days=2)), made[2], teacher=cast.by_role["resident"],
        taught_on=rules.local_day(now - timedelta(days=3)), area=grids[0], place_words="槐荫里驿站", came=18,
    )  # fmt: skip
    _past_lecture(cast, by(None, now), now)
    _coming_lecture(cast, by(clerk, now - timedelta(days=1)), now)
    leaflet = leaflets.write_material(
        by(clerk, now - timedelta(days=9)), kind="leaflet", title="电池充电，安全到家", words_=LEAFLET, area=community,
        purpose="冬季消防", valid_until=rules.local_day(now + timedelta(days=90)),
    )  # fmt: skip
    team = leaflets.give_out(
        by(clerk, now - timedelta(days=8)), leaflet, count=120, area=community, team=cast.units["城管中队"]
    )
    for at, (grid, count) in enumerate(zip(grids, (30, 25, 20, 8, 4), strict=False)):
        ctx = by(cast.by_role["handler"], now - timedelta(days=7 - at))
        leaflets.hand_out(ctx, team.pk, count=count, area=grid, key=_key(f"team {at}"))
    mine = leaflets.give_out(
        by(clerk, now - timedelta(days=4)), leaflet, count=40, area=community, person=cast.by_role["rider"]
    )
    rider = by(cast.by_role["rider"], now - timedelta(days=3))
    leaflets.hand_out(rider, mine.pk, count=10, area=grids[0], key=_key("rider"))
    for token in range(23):
        counting.count_once(rider, leaflet.pk, "open", f"demo {token}")
    return len(made)


def _key(words: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo publications {words}")


def _lesson(
    ctx: Context,
    area: object,
    title: str,
    minutes: int,
    trades: tuple[str, ...],
    signed: bool,
    words: Sequence[str],
    quiz: Quiz,
) -> Lesson:
    lesson = lessons.write_lesson(
        ctx, title=title, area=area, minutes=minutes, trades=trades, needs_sign_off=signed  # type: ignore[arg-type]
    )  # fmt: skip
    questions = [
        {"words": asked, "options": [{"words": said, "right": right} for said, right in options], "why": why}
        for asked, options, why in quiz
    ]
    lessons.save_draft(ctx, lesson, blocks=[{"kind": "text", "words": one} for one in words], questions=questions)
    return lessons.publish(ctx, lesson)


def _learnt(cast: Cast, ctx: Context, made: Sequence[Lesson], now: datetime) -> None:
    """Who signs in as the rider finds one lesson learnt and two to sign or to do; the volunteers have learnt one together."""
    learnt = [
        (made[0], cast.by_role["rider"].pk),
        (made[3], cast.by_role["rider"].pk),
        (made[2], cast.by_role["resident"].pk),
    ]
    volunteers = Consent.objects.filter(purpose="volunteer", withdrawn_at=None).values_list("person", flat=True)
    learnt += [(made[1], pk) for pk in volunteers if pk != cast.by_role["rider"].pk]
    for lesson, pk in learnt:
        person = Context(at=now - timedelta(days=2), recorded_at=now, person=pk, channel="replay")
        quiz = lesson.versions.get(number=lesson.version).questions
        right = [[at for at, option in enumerate(one["options"]) if option["right"]] for one in quiz]
        lessons.answer_quiz(person, lesson, lesson.version, right)
    for at, lesson in enumerate(made):
        counting.count(ctx, lesson.pk, "read", 41 - 5 * at)
        counting.count(ctx, lesson.pk, "passed", 17 - 2 * at)


def _placed(ctx: Context) -> None:
    """What is to be had at a station leads there on the map."""
    station = (
        ServicePoint.objects.filter(kind="station", closed_on=None)
        .order_by("name")
        .values_list("pk", flat=True)
        .first()
    )
    said = ("aspect", "kind", "name", "what", "area", "for_whom", "steps", "where", "office_phone", "valid_until")
    for item in ServiceItem.objects.filter(aspect__in=("rest", "charging")).select_related("record", "area")[:6]:
        services.write_item(ctx, item=item, place=station, **{name: getattr(item, name) for name in said})


def _used(ctx: Context, now: datetime) -> None:
    items = ServiceItem.objects.order_by("number")
    for item in items:
        if item.number % 3 == 1:
            counting.count(ctx, item.pk, "use", 3 + item.number % 11)
    office = Context(at=now - timedelta(days=1), recorded_at=now, channel="replay")
    fresh = next(item for item in items if item.name == "头盔以旧换新")
    services.tell_news(office, fresh, "本月新到头盔六十顶，带旧头盔来换，先到先得。")


def _past_lecture(cast: Cast, ctx: Context, now: datetime) -> None:
    day = rules.local_day(now - timedelta(days=6))
    starts = datetime.combine(day, time(15), rules.PLACE_ZONE)
    lecture = _lecture(cast, ctx.happened(starts - timedelta(days=3)), "送单路上的法律事", starts)
    asked = (
        ("送餐途中被车蹭了，平台不管怎么办？", 9, "live", ""),
        ("注册成了“个体工商户”，还算劳动关系吗？", 7, "answer", "要看实际管理。有考勤、派单、奖惩的，可以主张劳动关系；带上接单记录到法律援助窗口，帮您免费看。"),
        ("顾客不取餐，超时扣款合理吗？", 5, "answer", "先在平台申诉，保留到达截图和通话记录；申诉不成可以向人社部门反映。"),
        ("租房押金不退怎么要？", 3, "live", ""),
    )  # fmt: skip
    host = ctx.happened(starts + timedelta(minutes=30))
    for at, (text, votes, how, answer) in enumerate(asked):
        _asked(cast, lecture, starts - timedelta(hours=5 - at), text, votes, f"past {at}", host, how, answer)
    for token in range(58):
        counting.count_once(host, lecture.pk, "came", f"demo {token}")


def _coming_lecture(cast: Cast, ctx: Context, now: datetime) -> None:
    day = rules.local_day(now + timedelta(days=1))
    starts = datetime.combine(day, time(15), rules.PLACE_ZONE)
    lecture = _lecture(cast, ctx, "职业伤害保障怎么用", starts)
    for at, (text, votes) in enumerate((("自己摔的算不算？", 6), ("没交社保能申请吗？", 4), ("材料交到哪里？", 0))):
        how = "shown" if votes else ""
        _asked(cast, lecture, now - timedelta(hours=4 - at), text, votes, f"coming {at}", ctx, how, "")


def _lecture(cast: Cast, ctx: Context, title: str, starts: datetime) -> Lecture:
    return lectures.write_lecture(
        ctx, title=title, starts=starts, ends=starts + timedelta(hours=1), area=cast.communities[0], speaker=LAWYER,
        words_="带着问题来，能答的当场答，答不完的会后书面答复。", video_url="https://live.example.cn/liuchi",
    )  # fmt: skip


def _asked(
    cast: Cast, lecture: Lecture, at: datetime, text: str, votes: int, key: str, host: Context, how: str, answer: str
) -> None:
    person = cast.by_role["rider"].pk if key.endswith("0") else None
    ctx = Context(at=at, recorded_at=at, person=person, channel="replay")
    question = lectures.ask(ctx, lecture, text=text, key=_key(key), named=key.endswith("0"))
    if not how:
        return
    lectures.show(host, question)
    nobody = Context(at=at, recorded_at=at, channel="replay")
    for token in range(votes):
        lectures.vote(nobody, lecture, question.pk, f"demo {token}")
    if how == "live":
        lectures.answered_live(host, question)
    elif how == "answer":
        lectures.answer(host, question, answer)
