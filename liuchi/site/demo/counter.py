"""A one-stop counter with eight services, a short queue, appointments and errands on their way."""

from datetime import datetime, time, timedelta

from liuchi.kernel.context import Context
from liuchi.people.models import Person
from liuchi.places.counter import actions, rules
from liuchi.places.counter.actions import For, Said, Wanted
from liuchi.places.counter.hours import spans_on
from liuchi.places.counter.models import Counter, Ticket
from liuchi.site.demo.people import Cast

ID = "身份证原件"
SERVICES = (
    Said("城乡居民医保参保登记", "医保", "本辖区居民、新就业群体", [ID, "户口簿或居住证"], ["代办人身份证", "参保人同意的话（当面、电话或字条）"],
         ["取号或预约", "核对材料", "当场登记", "手机缴费"], "当场办结", "不收手续费", "不会填的，窗口帮填", minutes=8),
    Said("异地就医备案", "医保", "要去外地看病的参保人", [ID, "医保电子凭证"], ["代办人身份证", "参保人身份证复印件"],
         ["取号或预约", "填备案表", "当场备案"], "当场办结", "不收费", "窗口帮填表", minutes=10),
    Said("手工报销受理", "医保", "未能直接结算的参保人", [ID, "发票原件", "费用清单", "出院小结", "本人银行卡"], ["代办人身份证", "委托书"],
         ["收件", "街道初审", "医保中心审核", "打款到卡"], "30个工作日", "不收费", "材料不全会一次说清", minutes=15),
    Said("老年人优待证", "养老", "年满60周岁", [ID, "一寸照片1张"], ["代办人身份证"], ["收件", "制证", "领取"], "7个工作日", "不收费", "没有照片可在窗口免费拍",
         at_home=True, minutes=6),
    Said("高龄津贴申请", "养老", "年满80周岁", [ID, "户口簿", "本人银行卡"], ["代办人身份证", "老人同意的话"], ["收件", "公示", "按月发放"], "20个工作日", "不收费",
         "行动不便的，社区上门办", at_home=True, minutes=12),
    Said("灵活就业社保登记", "就业", "骑手、快递员、网约车司机等", [ID], [], ["取号", "登记", "手机缴费"], "当场办结", "不收手续费", "窗口讲清几档怎么选", minutes=12),
    Said("失业登记", "就业", "法定年龄内的失业人员", [ID, "解除劳动关系证明"], [], ["收件", "核对", "登记"], "5个工作日", "不收费", "", minutes=10),
    Said("居住证办理", "户籍", "离开户籍地半年以上", [ID, "租房合同或房产证", "一寸照片1张"], ["代办人身份证", "委托书"], ["收件", "派出所审核", "制证", "领取"],
         "15个工作日", "首次不收费", "窗口可代传材料", minutes=10),
)  # fmt: skip


def load(cast: Cast, now: datetime) -> Counter:
    """Returns the counter."""

    def by(person: Person | None = None, at: datetime = now) -> Context:
        return Context(at=at, recorded_at=at, person=person.pk if person else None, channel="replay")

    first = cast.communities[0]
    before = now - timedelta(days=20)
    counter = actions.open_counter(
        by(at=before), Wanted(name=f"{first.name}一站式窗口", area=first, where="社区服务中心一楼大厅", phone="0556-0000 1210",
        week=(*(((510, 720), (840, 1050)),) * 5, (), ()), windows=3, asks_word=True),
    )  # fmt: skip
    matters = [actions.set_matter(by(at=before), counter, said) for said in SERVICES]
    clerk = cast.by_role["community_clerk"]
    for number in range(14):  # the queue of this morning, even on a day on which the counter is shut: the demo shows it
        at = now - timedelta(minutes=70 - 5 * number)
        Ticket.objects.create(
            counter=counter, day=rules.local_day(now), number=number + 1, digest=actions.secret_digest(), matter=matters[number % 8],
            taken_at=at, rank=at,
        )  # fmt: skip
    for window in (1, 2, 3, 1, 2, 3, 1, 2):
        actions.call_next(by(clerk), counter.pk, window)
    day = rules.local_day(now) + timedelta(days=1)
    while not spans_on(counter, day):
        day += timedelta(days=1)
    actions.appoint(by(cast.by_role["resident"]), counter.pk, matters[4].pk, rules.moment(day, time(9, 30)))
    for number, (matter, whose) in enumerate(
        (
            (3, For("汪奶奶（示例）", agreed="phone", address="3幢2单元101", at_home=True)),
            (2, None),
            (7, None),
            (4, For("项爷爷（示例）", agreed="here")),
        )
    ):
        at = now - timedelta(days=6 - number)
        errand, _receipt = actions.take_errand(by(clerk, at), counter.pk, matters[matter].pk, whose)
        for stop in rules.STOPS[1 : 1 + number % 3]:
            at += timedelta(days=1)
            actions.move_errand(by(clerk, at), errand.pk, stop, "请带身份证来取。" if stop == "ready" else "")
    return counter
