"""Programmes of the demo place: open ones, a rider with a letter, one application to check, one to be corrected."""

from datetime import datetime, timedelta
from uuid import UUID

from liuchi.admissions import actions, rules
from liuchi.admissions.models import Admission, Programme
from liuchi.kernel.context import Context
from liuchi.people import actions as people
from liuchi.people.actions.businesses import register_business
from liuchi.people.models import Organisation, Person
from liuchi.site.demo.people import Cast

OBSERVERS = (
    ("方照野", "治理观察员"), ("胡春笋", "治理观察员"), ("吴听松", "兼职网格员"), ("许芒种", "政策宣传员"), ("陶向葵", "文明劝导员"), ("钱溪桥", "治理观察员"),
)  # fmt: skip
SHOPS = (
    ("槐荫便民超市", "grocery", "友好商家"),
    ("文汇路理发店", "hairdresser", "服务角"),
    ("桂语小厨", "catering", "友好商家"),
)


def load(cast: Cast, now: datetime) -> int:
    """Returns how many hold something."""
    office = Organisation.objects.get(name="六尺街道办事处")

    def by(person: Person | None, days: float = 0) -> Context:
        at = now - timedelta(days=days)
        return Context(at=at, recorded_at=at, person=person.pk if person else None, channel="replay")

    def applied(key: str, person: Person, answers: dict[str, object], days: float, **more: object) -> UUID:
        one = programmes[key]
        draft = actions.save(by(person, days), one.pk, person, answers, **more)  # type: ignore[arg-type]
        return actions.send(by(person, days), draft.pk).pk

    actions.set_up(by(None, 200), cast.street, office)
    programmes = {one.key: one for one in Programme.objects.select_related("version")}
    first = cast.communities[0]
    clerk, dispatcher = cast.by_role["community_clerk"], cast.by_role["dispatcher"]

    # the ceremony, and the rider of the demo among those appointed
    rider = cast.by_role["rider"]
    lines = [actions.Line(name=rider.name, area=first, title="治理观察员", person=rider)]
    lines += [
        actions.Line(name=name, phone=f"1380000{4000 + at}", area=first, title=title)
        for at, (name, title) in enumerate(OBSERVERS)
    ]
    actions.appoint_many(by(clerk, 119), programmes["observer"].pk, lines, agreed=True)

    for at, (name, trade, title) in enumerate(SHOPS):
        keeper = people.register_person(
            by(None, 90), name=("江知秋", "姚青禾", "汪小满")[at], phone=f"1380000{4100 + at}"
        )
        area = cast.communities[at % len(cast.communities)]
        assert area.lon is not None and area.lat is not None
        shop = register_business(
            by(clerk, 90), name=name, trade=trade, area=area, keeper=keeper,
            address=f"{name[:2]}路 {at * 6 + 8} 号", consent=True,
        )  # fmt: skip
        answers = {
            "where": {"words": f"{name}门口", "lon": area.lon + 0.0012, "lat": area.lat - 0.0004},
            "services": ["喝水", "歇脚", "充电"], "hours": "9:00-21:00", "phone": f"1380000{4100 + at}", "inside": "进门左手", "shown": True,
        }  # fmt: skip
        sent = applied("friendly-shop", keeper, answers, 80 - at * 20, business=shop, title=title)
        if at < 2:
            actions.approve(by(clerk, 70 - at * 20), sent)

    # one waits for the clerk with some of its time gone, one was returned to the resident
    model = people.register_person(by(None, 9), name="章若木", phone="13800004200")
    said = {
        "where": "六尺菜场 12 号摊位，卖菜",
        "how": "秤摆在外面，菜价写清楚，老人来了送到楼下。",
        "phone": "13800004200",
        "standard": True,
    }
    sent = applied("model-post", model, said | {"how": "多帮忙"}, 4, area=first, title="文明示范岗")
    actions.send_back(by(clerk, 3), sent, {"how": "写两三件具体会做的事就好"})
    actions.save(by(model, 2), programmes["model-post"].pk, model, said, title="文明示范岗")
    actions.send(by(model, 2), sent)
    # and a shop that nobody has entered into the register yet
    baker = people.register_person(by(None, 3), name="白露生", phone="13800004400")
    said = {"services": ["喝水", "歇脚", "雨伞"], "hours": "6:30-20:00", "phone": "13800004400", "shown": True}
    bakery = actions.NewShop("巷口烧饼铺", first, "catering", "六尺巷 3 号")
    applied("friendly-shop", baker, said, 1, shop=bakery, title="友好商家")
    resident = cast.by_role["resident"]
    said = {"where": "文汇路报刊亭", "how": "多帮忙", "phone": "13800001000", "standard": True}
    back = applied("model-post", resident, said, 5, area=first, title="文明示范岗")
    actions.send_back(by(clerk, 3), back, {"how": "写两三件具体会做的事就好", "where": "写上门牌号，方便上门看"})

    alliance = register_business(
        by(dispatcher, 30), name="六尺智造科技", trade="software", area=first, keeper=cast.by_role["grid_leader"], address="创新路 2 号", consent=True,
    )  # fmt: skip
    said = {
        "does": "给街区小店做点单和配送软件",
        "link": "软件服务",
        "people": "46",
        "phone": "13800004300",
        "charter": True,
    }
    actions.refuse(
        by(dispatcher, 20), applied("alliance", alliance.keeper or resident, said, 26, business=alliance, title="理事单位"),
        "理事单位须先成为成员满一年，请先申请“联盟成员”。",
    )  # fmt: skip
    return Admission.objects.filter(state=rules.RUNNING).count()
