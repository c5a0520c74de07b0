"""The turns as pages of the desk: forms in dialogs, what asks for an answer, taking a slip back, and the bar of the course."""

from datetime import timedelta

import pytest
from django.utils import timezone

from liuchi.cases import actions, rules
from liuchi.cases.course import course
from liuchi.cases.desk.forms import HAVE_FORMS, form_of
from liuchi.cases.models import Motion
from liuchi.cases.tests.helpers import TEN, accepted, again, by, dispatched, report
from liuchi.people import actions as people

HTMX = {"HX-Request": "true"}


@pytest.fixture
def now_at():
    """Pages look at the clock of the wall, so their cases are of now."""
    return timezone.now()


def address(case, more: str = "") -> str:
    return f"/desk/cases/{case.pk}{more}"


class TestForms:
    def test_a_unit_returns_with_a_reason_and_the_next_unit(self, place, at_desk):
        case = dispatched(report(place), place)
        unit = at_desk("handler", **HTMX)
        form = unit.get(address(case, "/turns/give_back")).content.decode()
        assert "为何不属本单位" in form and "建议承办单位" in form
        refused = unit.post(address(case, "/give_back"), {"dialog": "1", "words": "", "unit": place.housing.pk})
        assert refused.status_code == 422
        assert "住建分局" in refused.content.decode()  # what was chosen is kept
        told = unit.post(address(case, "/give_back"), {"dialog": "1", "words": "归住建", "unit": place.housing.pk})
        assert told.status_code in (200, 204)
        assert again(case).state == "filed"

    def test_what_the_role_may_not_do_has_no_form(self, place, at_desk):
        case = dispatched(report(place), place)
        assert at_desk("handler").get(address(case, "/turns/transfer")).status_code == 404
        assert at_desk("dispatcher").get(address(case, "/turns/supervise")).status_code == 404
        assert at_desk("dispatcher").get(address(case, "/turns/nonsense")).status_code == 404

    def test_every_offered_turn_has_a_form_that_can_be_drawn(self, place, at_desk):
        for role in ("dispatcher", "handler", "supervisor", "community_clerk", "grid_leader"):
            desk = at_desk(role, **HTMX)
            for case in (
                report(place),
                dispatched(report(place), place),
                accepted(dispatched(report(place), place), place),
            ):
                page = desk.get(address(case)).content.decode()
                for name in _offered(page):
                    assert desk.get(address(case, f"/turns/{name}")).status_code == 200, (role, name)

    def test_each_turn_that_has_a_form_is_one_of_the_table(self, place):
        case, today = again(dispatched(report(place), place)), timezone.localdate()
        assert {form_of(name, case, today).name for name in HAVE_FORMS} == HAVE_FORMS <= set(rules.TURNS)

    def test_a_main_way_in_a_dialog_that_there_is_not_is_no_error(self, place, at_desk):
        case = dispatched(report(place), place)
        assert at_desk("dispatcher").get(address(case, "/turns/dispatch")).status_code == 404
        assert at_desk("dispatcher", **HTMX).post(address(case, "/check"), {"dialog": "1"}).status_code == 409

    def test_merging_by_number_keeps_a_number_that_is_none(self, place, at_desk):
        main, other = report(place), report(place)
        desk = at_desk("dispatcher", **HTMX)
        refused = desk.post(address(other, "/merge"), {"dialog": "1", "number": "LC-1"})
        assert refused.status_code == 422 and "LC-1" in refused.content.decode()
        desk.post(address(other, "/merge"), {"dialog": "1", "number": main.number.lower()})
        assert again(other).main_id == main.pk

    def test_another_office_s_case_can_t_be_merged_into(self, place, at_desk):
        elsewhere, here = report(place, area=place.next_door), report(place)
        refused = at_desk("dispatcher", **HTMX).post(
            address(here, "/merge"), {"dialog": "1", "number": elsewhere.number}
        )
        assert refused.status_code == 422


def _offered(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('data-turn-form="')[1:]]


class TestAnswers:
    def test_more_time_is_granted_from_the_tab_of_what_asks(self, place, at_desk):
        case = accepted(dispatched(report(place), place), place)
        motion = actions.ask_extension(by(place.handler), case.pk, 2, "等配件")
        desk = at_desk("dispatcher", **HTMX)
        assert case.number in _numbers(desk.get("/desk/?tab=asked").context)
        assert "等配件" in desk.get(address(case)).content.decode()
        desk.post(address(case, f"/motions/{motion.pk}"), {"yes": "1", "value": "1"})
        assert Motion.objects.get(pk=motion.pk).value == 1
        assert case.number not in _numbers(desk.get("/desk/?tab=asked").context)

    def test_a_no_without_a_reason_says_so(self, place, at_desk):
        case = accepted(dispatched(report(place), place), place)
        motion = actions.ask_extension(by(place.handler), case.pk, 2, "等配件")
        told = at_desk("dispatcher", **HTMX).post(address(case, f"/motions/{motion.pk}"), {"yes": "0"})
        assert told.status_code == 422 and "不同意的理由" in told.content.decode()

    def test_a_dispute_is_decided_and_not_agreed_to(self, place, at_desk):
        case = dispatched(report(place), place)
        actions.give_back(by(place.handler), case.pk, "不归我们")
        actions.dispute(by(place.dispatcher), case.pk, "两家都说不是自己的")
        supervisor = at_desk("supervisor", **HTMX)
        assert case.number in _numbers(supervisor.get("/desk/?tab=asked").context)
        page = supervisor.get(address(case))
        assert (page.context["main"], page.context["motions"]) == ("decide", [])
        supervisor.post(address(case, "/decide"), {"dialog": "1", "unit": place.housing.pk})
        assert again(case).unit == place.housing

    def test_a_community_is_not_asked_whether_to_admit(self, place, at_desk):
        assert "待批" not in at_desk("community_clerk").get("/desk/").content.decode()


def _numbers(context) -> set[str]:
    from liuchi.cases.models import Case

    return set(Case.objects.filter(pk__in=[line.id for line in context["lines"]]).values_list("number", flat=True))


class TestUndo:
    def test_the_toast_brings_the_way_back(self, place, at_desk, now_at):
        case = report(place, at=now_at)
        desk = at_desk("dispatcher", **HTMX)
        chosen = {"matter": place.wall.pk, "condition": place.falling.pk, "unit": place.property.pk, "from": "inbox"}
        told = desk.post(address(case, "/dispatch"), chosen)
        assert f"{case.pk}/undo" in told["HX-Trigger"]
        assert desk.post(address(case, "/undo")).status_code == 204
        assert again(case).state == "reported"
        assert "bad" in desk.post(address(case, "/undo"))["HX-Trigger"]  # there is nothing left to take back

    def test_a_unit_that_returned_it_takes_that_back_though_it_sees_it_no_more(self, place, at_desk, now_at):
        case = dispatched(report(place, at=now_at), place, now_at)
        unit = at_desk("handler", **HTMX)
        unit.post(address(case, "/give_back"), {"words": "归住建"})
        assert unit.get(address(case)).status_code == 404
        unit.post(address(case, "/undo"))
        assert (again(case).state, again(case).unit) == ("dispatched", place.property)

    def test_nobody_else_learns_that_the_case_is_there(self, place, at_desk):
        assert at_desk("stranger").post(address(report(place), "/undo")).status_code == 404


class TestCourse:
    """Who had it for how long."""

    def test_it_is_whole_and_in_order(self):
        hours = [TEN + timedelta(hours=hour) for hour in range(9)]
        happened = [
            ("case.reported", hours[0], "reported"), ("case.dispatched", hours[1], "dispatched"),
            ("case.accepted", hours[2], "accepted"), ("case.suspended", hours[3], "suspended"),
            ("case.resumed", hours[5], "accepted"), ("case.extended", hours[5], "accepted"),
            ("case.handled", hours[6], "handled"), ("case.closed", hours[8], "closed"),
        ]  # fmt: skip
        drawn = course(happened, hours[8], hours[7], lambda start, end: (end - start) / timedelta(minutes=1))
        assert [one.kind for one in drawn.stretches] == ["desk", "unit", "hold", "unit", "check"]
        assert sum(one.width for one in drawn.stretches) == pytest.approx(100, abs=0.1)
        assert drawn.marks == [("extended", 62.5)]
        assert (drawn.due, drawn.now) == (87.5, None)

    def test_what_waits_reaches_to_now_and_a_due_time_ahead_leaves_room(self):
        later = TEN + timedelta(hours=2)
        drawn = course(
            [("case.reported", TEN, "reported")],
            later,
            TEN + timedelta(hours=4),
            lambda start, end: (end - start).seconds,
        )
        assert (drawn.stretches[0].width, drawn.now, drawn.due) == (50, 50, 100)


class TestEntrusting:
    @pytest.fixture
    def huaiyin(self, place):
        return people.open_unit(by(None, channel="system"), kind="community", name="槐荫社区", area=place.community)

    def test_a_unit_asks_the_street_answers_and_the_refusal_can_be_read(
        self, place, huaiyin, at_desk, django_assert_max_num_queries
    ):
        unit = at_desk("other_handler")
        assert unit.post("/desk/entrust", {"unit": huaiyin.pk, "words": ""}).status_code == 422
        unit.post("/desk/entrust", {"unit": huaiyin.pk, "words": "请协助统计出租房屋"})
        case = Motion.objects.get(kind="approval").case
        assert case.state == "approval"
        assert case.number not in at_desk("handler").get("/desk/entrust").content.decode()  # another unit's
        secretary = at_desk("secretary", **HTMX)
        assert "答复" in secretary.get("/desk/entrust").content.decode()
        motion = Motion.objects.get(kind="approval")
        assert motion.by_unit == place.housing
        secretary.post(address(case, f"/motions/{motion.pk}"), {"yes": "0", "words": "应由住建分局自行统计"})
        clerk = at_desk("community_clerk")
        with django_assert_max_num_queries(8):
            page = clerk.get("/desk/entrust").content.decode()
        assert "应由住建分局自行统计" in page and "不予准入" in page

    def test_nobody_but_a_unit_asks(self, place, huaiyin, at_desk):
        assert at_desk("dispatcher").post("/desk/entrust", {"unit": huaiyin.pk, "words": "统计"}).status_code == 403
