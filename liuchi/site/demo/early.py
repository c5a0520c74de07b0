"""A compound where the water grows weak: seven people say so within a week, which is seen before it grows."""

from datetime import datetime, timedelta

from liuchi.cases import actions
from liuchi.cases.early.actions import answer, raise_sign
from liuchi.cases.early.models import EarlySign
from liuchi.cases.early.rules import Sign
from liuchi.cases.joining.actions import join
from liuchi.cases.models import Matter
from liuchi.cases.topics.counting import count_anew
from liuchi.kernel.context import CHINA, Context
from liuchi.people.models import Person
from liuchi.site.demo.people import Cast
from liuchi.territory.models import Place

WATER = "停水、水压不足"
SAID = (
    "{name}这几天水压特别小，三楼以上洗澡没水",
    "{name}自来水水压小，热水器打不着火",
    "晚上六点以后{name}水压不足，水龙头滴滴答答",
    "{name}早晚高峰水压不足，顶楼接不到水",
    "{name}水压小了快一个星期，请供水公司来看看",
    "{name}又停水了，水压一直不稳",
    "{name}水压不足，做饭都要提前接水",
)


def load(cast: Cast, now: datetime) -> None:
    """The reports, who joined one, the sign of today, and two earlier ones with what came of them."""

    def by(at: datetime, person: Person | None = None) -> Context:
        return Context(at=at, recorded_at=at, person=person.pk if person else None, channel="replay")

    first = cast.communities[0]
    inside = Place.objects.filter(kind="compound", area__first__gte=first.first, area__last__lte=first.last)
    compounds = list(inside.select_related("area").order_by("label")[:3])
    matters = {matter.name: matter.pk for matter in Matter.objects.filter(kind="event")}
    if len(compounds) < 3 or WATER not in matters:
        return
    here = compounds[0]
    for number, words in enumerate(SAID):
        said = actions.Said(
            text=words.format(name=here),
            lon=here.lon + (number - 3) * 1e-4,
            lat=here.lat + number * 5e-5,
            place_source="gps",
            place_id=here.pk,
            place_words=f"{here} {number + 1} 幢",
            matter_id=matters[WATER],
        )
        taken = actions.report(by(now - timedelta(hours=3 + 19 * (len(SAID) - number))), said)
    join(by(now - timedelta(hours=2), cast.by_role["resident"]), taken.case.pk)
    for place, name, days, seen, usual, came in (
        (compounds[1], "路灯异常", 41, 6, 0.9, "looked"),
        (compounds[2], "暴露垃圾", 23, 9, 3.2, "nothing"),
        (here, WATER, 0, len(SAID), 0.6, ""),
    ):
        at = now - timedelta(days=days)
        sign = Sign(f"c{place.pk}", matters.get(name, matters[WATER]), 14, seen, usual, 1e-7)
        if raise_sign(by(at), sign, at.astimezone(CHINA).date()) and came:
            raised = EarlySign.objects.get(cell=sign.place, raised_at=at)
            answer(by(at + timedelta(hours=20), cast.by_role["dispatcher"]), raised.pk, came)
    count_anew(now)
