"""Turns beside the straight way, on cases of the demo place: so that returns, holds, disputes and their answers can be seen."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from liuchi.cases import actions
from liuchi.cases.models import Case
from liuchi.kernel.context import CHINA, Context
from liuchi.people.models import Organisation, Person
from liuchi.site.demo.people import Cast


class Turner:
    """Takes cases that stand where a turn begins, each only once."""

    def __init__(self, cast: Cast, now: datetime) -> None:
        self.cast, self.at = cast, now - timedelta(minutes=20)
        self.used: set[UUID] = set()

    def turn(self) -> None:
        """All of them, each on a case of its own."""
        dispatcher, supervisor = self.by("dispatcher"), self.by("supervisor")
        case = self.next("accepted")
        actions.ask_extension(self.of_unit(case), case.pk, case.limit_value or 1, "配件要从外地调，下周才到")
        case = self.next("accepted")
        day = (self.at + timedelta(days=40)).astimezone(CHINA).date()
        asked = actions.ask_suspension(self.of_unit(case), case.pk, day, "供暖期内不能停水，供暖结束后更换立管")
        actions.answer(dispatcher, asked.pk, yes=True)
        case = self.next("dispatched")
        actions.give_back(self.of_unit(case), case.pk, "不在我们管护范围，请派权属单位")
        case = self.next("dispatched")
        actions.give_back(self.of_unit(case), case.pk, "属公共区域，应由市政维护")
        actions.dispatch(dispatcher, case.pk, self.other_unit(case))
        actions.give_back(self.of_unit(case), case.pk, "属小区围墙以内，应由物业负责")
        case = self.next("handled")
        actions.rework(dispatcher, case.pk, "现场还有一半没清，请补做")
        case = self.next("dispatched", late=True)
        actions.supervise(supervisor, case.pk, "已超时，请今天给出办理时间表")
        case = self.next("accepted")
        actions.add_unit(dispatcher, case.pk, self.other_unit(case), "请配合现场秩序")
        case = self.next("closed")
        actions.reopen(self.by(None, "phone"), case.pk, "没几天又坏了", by_receipt=True)
        self.same_again(dispatcher)
        community = Organisation.objects.filter(kind="community", closed_on=None).order_by("name")[0]
        actions.entrust(self.by("handler"), community.pk, "请社区协助核对沿街商铺门头清单，本月底前报送")

    def by(self, role: str | None, channel: str = "desk") -> Context:
        person = self.cast.by_role[role] if role else None
        return self._of(person, channel)

    def _of(self, person: Person | None, channel: str = "desk") -> Context:
        return Context(at=self.at, recorded_at=self.at, person=person.pk if person else None, channel=channel)

    def of_unit(self, case: Case) -> Context:
        """Somebody of the unit that has it."""
        unit = Case.objects.values_list("unit_id", flat=True).get(pk=case.pk)
        return self._of(self.cast.handlers[unit])

    def other_unit(self, case: Case) -> UUID:
        """Another unit with somebody who works there."""
        return next(pk for pk in self.cast.handlers if isinstance(pk, UUID) and pk != case.unit_id)

    def next(self, state: str, *, late: bool = False) -> Case:
        """The next case in a state that no turn was made on yet."""
        found = Case.objects.filter(state=state, parent=None).exclude(pk__in=self.used).select_related("area")
        if state == "closed":
            found = found.filter(outcome="done", reopenings=0, unit__isnull=False).order_by("-closed_at")
        elif late:
            found = found.filter(due_at__lt=self.at).order_by("due_at")
        else:
            found = found.filter(Q(due_at__gt=self.at) | Q(due_at=None)).order_by("-number")
        case = found[0]
        self.used.add(case.pk)
        return case

    def same_again(self, dispatcher: Context) -> None:
        """Somebody reports what is being worked on already."""
        main = self.next("accepted")
        said = actions.Said(
            text=main.masked, lon=main.lon, lat=main.lat, place_source="gps", place_words=main.place_words
        )
        again = actions.report(self.by("resident", "phone"), said)
        actions.merge(dispatcher, again.case.pk, main.pk)


def load(cast: Cast, now: datetime) -> None:
    """Makes the turns."""
    Turner(cast, now).turn()
