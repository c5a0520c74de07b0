"""The inbox: what stands in it for whom, kept in the address, quick with many cases."""

import time
from urllib.parse import unquote

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from liuchi.cases import tasks
from liuchi.cases.desk import address
from liuchi.cases.queries.lists import DESK_TABS, Filter
from liuchi.cases.tests.helpers import SPOT, a_place, accepted, brought_to, dispatched, handled, many, report


@pytest.fixture
def desk(place, client):
    """Opens a page as somebody; an answer is its text, with the status beside it."""

    def open_(role: str, path: str = "/desk/", **headers: str):
        browser = Client(headers=headers)
        browser.force_login(place.persons[role].login)
        return browser.get(path)

    return open_


def titles(response) -> list[str]:
    return [line.title for line in response.context["lines"]]


class TestWhatStandsInIt:
    def test_each_tab_holds_what_waits_for_that(self, place, desk):
        for state in ("reported", "filed", "dispatched", "accepted", "handled", "checked", "closed", "withdrawn"):
            brought_to(state, place)
        for tab, states in (("todo", 2), ("working", 2), ("to_check", 2), ("ended", 2)):
            assert len(desk("dispatcher", f"/desk/?tab={tab}").context["lines"]) == states
        assert len(desk("dispatcher", "/desk/?tab=soon").context["lines"]) == 6  # all of it lies days back

    def test_a_line_is_a_link_with_the_words_of_the_person(self, place, desk):
        case = report(place, "外墙 <b>掉了</b>")
        page = desk("dispatcher").content.decode()
        assert f'data-case="{case.pk.hex}"' in page
        assert "外墙 &lt;b&gt;掉了&lt;/b&gt;" in page
        assert "Line(" not in page

    def test_who_has_least_time_stands_first(self, place, desk):
        report(place, "先来的")
        urgent = dispatched(report(place, "急的"), place)
        late = report(place, "后来的", at=urgent.dispatched_at.replace(day=19))
        assert titles(desk("dispatcher")) == ["先来的", "后来的"]
        assert titles(desk("dispatcher", "/desk/?order=newest")) == ["后来的", "先来的"]
        assert late.step_due > urgent.step_due

    def test_a_unit_sees_what_it_was_given_in_tabs_of_its_own(self, place, desk):
        report(place, "还没派")
        dispatched(report(place, "派给我们"), place)
        accepted(dispatched(report(place, "在办"), place), place)
        first = desk("handler")
        assert titles(first) == ["派给我们"]
        assert [tab["key"] for tab in first.context["tabs"]] == ["to_accept", "doing", "to_check", "soon", "ended"]
        assert titles(desk("handler", "/desk/?tab=doing")) == ["在办"]
        assert titles(desk("other_handler")) == []

    def test_secretaries_read(self, place, desk):
        report(place, "外墙")
        page = desk("secretary")
        assert titles(page) == ["外墙"]
        assert "/desk/take" not in page.content.decode()

    def test_another_street_sees_nothing_of_it(self, place, desk):
        report(place)
        assert titles(desk("stranger")) == []

    def test_it_is_not_for_everybody(self, place, desk):
        assert desk("resident").status_code == 403
        assert desk("administrator").url == "/desk/areas", "who has no inbox begins at what they have"

    def test_who_has_not_signed_in_is_asked_to(self, place):
        assert Client().get("/desk/").status_code == 302

    def test_numbers_of_phones_are_not_in_the_page(self, place, desk):
        report(place, "墙皮掉了，我电话13800001234", phone="13800001234")
        page = desk("dispatcher").content.decode()
        assert "墙皮掉了" in page
        assert "13800001234" not in page


class TestFilter:
    def test_words_area_channel_and_box_narrow_it(self, place, desk):
        wall = report(place, "外墙掉了", lon=SPOT[0], lat=SPOT[1], place_source="gps", area=None)
        lamp = report(place, "路灯不亮")
        for case in (wall, lamp):
            tasks.prepare.func(str(case.pk))
        assert titles(desk("dispatcher", "/desk/?q=外墙")) == ["外墙掉了"]
        assert titles(desk("dispatcher", "/desk/?q=ldbl")) == ["路灯不亮"]
        assert titles(desk("dispatcher", f"/desk/?q={lamp.number}")) == ["路灯不亮"]
        assert titles(desk("dispatcher", f"/desk/?area={place.grid.pk}")) == ["路灯不亮"]
        assert len(titles(desk("dispatcher", f"/desk/?area={place.street.pk}"))) == 2
        assert titles(desk("dispatcher", "/desk/?channel=call")) == []
        box = f"{SPOT[0] - 0.01},{SPOT[1] - 0.01},{SPOT[0] + 0.01},{SPOT[1] + 0.01}"
        assert titles(desk("dispatcher", f"/desk/?box={box}")) == ["外墙掉了"]

    def test_what_is_typed_can_not_be_read_in_the_address(self, place, desk):
        wall, lamp = report(place, "外墙掉了，电话 13800001234"), report(place, "路灯不亮")
        for case in (wall, lamp):
            tasks.prepare.func(str(case.pk))
        clerk = desk("dispatcher").wsgi_request.user
        browser = Client()
        browser.force_login(clerk)
        for words, found in (("外墙", 1), ("13800001234", 0)):
            address_of = browser.post("/desk/?tab=todo&page=3&order=newest", {"q": words}).url
            assert words not in unquote(address_of) and "order=newest" in address_of and "page" not in address_of
            page = browser.get(address_of)
            assert len(titles(page)) == found and f'value="{words}"' in page.content.decode()
        part = browser.post("/desk/?tab=todo", {"q": "外墙"}, headers={"HX-Request": "true"})
        assert len(titles(part)) == 1 and part.templates[0].name == "cases/desk/_list.html"
        assert len(titles(browser.get("/desk/" + part.context["query"]))) == 1

    def test_unit_and_matter_narrow_it(self, place, desk):
        dispatched(report(place, "外墙"), place)
        unit, other = place.property.pk, place.housing.pk
        assert titles(desk("dispatcher", f"/desk/?tab=working&unit={unit}&matter={place.wall.pk}")) == ["外墙"]
        assert titles(desk("dispatcher", f"/desk/?tab=working&unit={other}")) == []

    def test_the_address_is_the_filter_and_back(self):
        wanted = Filter(
            tab="working", order="newest", area=7, channel="call", words="墙", box=(1.0, 2.0, 3.0, 4.0), page=3
        )
        assert address.read(QueryDict(address.write(wanted)[1:]), DESK_TABS) == wanted

    def test_what_cannot_be_read_is_left_out(self, place, desk):
        report(place)
        broken = "?tab=nowhere&area=x&unit=1&matter=%00&channel=crow&box=1,2,3&page=-4&order=sideways&case=zz"
        page = desk("dispatcher", f"/desk/{broken}")
        assert page.status_code == 200
        assert len(titles(page)) == 1

    def test_the_form_offers_what_is_in_use(self, place, desk):
        dispatched(report(place), place)
        form = desk("dispatcher", f"/desk/filters?area={place.community.pk}").content.decode()
        assert "槐荫社区" in form
        assert "第七网格" in form
        assert "河东街道" not in form
        assert "房屋外墙脱落" in form
        assert "路灯不亮" not in form


class TestPulse:
    def ask(self, desk, page, role: str = "dispatcher", **more: str):
        """What the open page would ask now."""
        ids = ",".join(line.id.hex for line in page.context["lines"])
        asked = {"since": page.context["since"], "newest": page.context["newest"], "ids": ids} | more
        query = "&".join(f"{name}={value.replace('+', '%2B')}" for name, value in asked.items())
        return desk(role, f"/desk/pulse{page.context['query']}&{query}").json()

    def test_it_tells_counts_what_is_new_and_what_is_gone(self, place, desk):
        case = report(place, "外墙")
        page = desk("dispatcher")
        assert self.ask(desk, page) == {
            "counts": {"todo": "1", "asked": "0", "working": "0", "to_check": "0", "soon": "1"}, "new": "", "gone": [],
        }  # fmt: skip
        report(place, "又一件")
        dispatched(case, place)
        told = self.ask(desk, page)
        assert told["counts"]["todo"] == "1"
        assert told["new"] == "新到 1 件"
        assert told["gone"] == [case.pk.hex]

    def test_what_comes_back_from_a_unit_is_new_in_its_tab(self, place, desk):
        case = accepted(dispatched(report(place), place), place)
        page = desk("dispatcher", "/desk/?tab=to_check")
        assert self.ask(desk, page)["new"] == ""
        handled(case, place, at=page.wsgi_request.actor.at)
        assert self.ask(desk, page, since="2026-11-01T00:00:00Z")["new"] == "新到 1 件"


@pytest.fixture(scope="class")
def large(django_db_setup, django_db_blocker):
    """A place with three thousand cases, made once for a class in a transaction that stays open."""
    with django_db_blocker.unblock(), transaction.atomic():
        large = a_place()
        many(large, 3_000)
        yield large
        transaction.set_rollback(True)


class TestQuick:
    def test_fifty_of_three_thousand_take_twelve_queries_at_most(self, large, db):
        browser = Client()
        browser.force_login(large.dispatcher.login)
        browser.get("/desk/")
        with CaptureQueriesContext(connection) as asked:
            page = browser.get("/desk/")
        assert len(page.context["lines"]) == 50
        assert len(asked) <= 12, "\n".join(query["sql"][:200] for query in asked)

    def test_and_little_of_the_processor(self, large, db):
        browser = Client()
        browser.force_login(large.dispatcher.login)
        spent = []
        for _ in range(8):
            start = time.process_time()
            assert browser.get("/desk/").status_code == 200
            spent.append(time.process_time() - start)
        # The promise is 15 ms beside an idle database; the test's own client and a busy machine take their part.
        assert min(spent) < 0.045, spent


class TestQuickPulse:
    def test_the_pulse_is_small(self, place):
        many(place, 200)
        browser = Client()
        browser.force_login(place.dispatcher.login)
        page = browser.get("/desk/")
        ids = ",".join(line.id.hex for line in page.context["lines"])
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/desk/pulse{page.context['query']}&newest={page.context['newest']}&ids={ids}")
        assert len(asked) <= 11
