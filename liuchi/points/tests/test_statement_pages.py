"""The sheet of one's own points: for oneself, shown to one's unit, and as the home unit's secretary sees it."""

from io import BytesIO
from uuid import uuid4

import pytest
from python_calamine import CalamineWorkbook

from liuchi.kernel.errors import Refused
from liuchi.people import actions as people
from liuchi.points import actions
from liuchi.points.models import Statement
from liuchi.points.tests.helpers import (
    BEGINNING,
    EVENT,
    by,
    client,
    words,
)


class TestStatement:
    def test_asked_confirmed_and_printed(self, phone, rich, now):
        asked = {"home_unit": "示例单位", "area": rich.place.community.pk, "period": "quarter"}
        told = phone.post("/points/statements", asked)
        assert told.status_code == 422 and "only what you let it see" in words(told)
        assert phone.post("/points/statements", {**asked, "agreed": "on"}).status_code == 302
        told = phone.post("/points/statements", {**asked, "agreed": "on"})
        assert told.status_code == 422 and "already asked" in words(told)
        one = Statement.objects.get()
        assert "sees which points" in words(phone.get(f"/points/statements/{one.pk}"))
        clerk = client(rich.community_clerk)
        assert one.number in words(clerk.get("/desk/points/statements"))
        page = words(clerk.get(f"/desk/points/statements/{one.pk}"))
        assert "20" in page and rich.rider.name in page
        assert rich.rider.looked_at.filter(what="points").count() == 1
        clerk.post(f"/desk/points/statements/{one.pk}")
        page = words(phone.get(f"/points/statements/{one.pk}"))
        assert "槐荫社区" in page and str(EVENT.label) in page and "20" in page
        phone.post(f"/points/statements/{one.pk}/take-back")
        assert clerk.get(f"/desk/points/statements/{one.pk}").status_code == 404

    def test_a_statement_does_not_tell_the_balance(self, phone, rich, now):
        actions.reserve(by(rich.rider, now), rich.cup.pk, rich.window.pk, uuid4())
        actions.ask_statement(
            by(rich.rider, now), rich.rider, area=rich.place.community, home_unit="示例单位", period="year", agreed=True
        )
        page = client(rich.community_clerk).get(f"/desk/points/statements/{Statement.objects.get().pk}")
        assert page.context["sum"] == 20  # what was earned; 10 of it are spent


class TestHomeUnit:
    """A sheet that its person lets the secretary of their unit open."""

    @pytest.fixture
    def unit(self, rich):
        return rich.place.crew

    @pytest.fixture
    def secretary(self, rich, unit):
        ctx = by(None, BEGINNING, "system")
        person, _login, _password = people.hire(
            ctx, name="章书记", role="secretary", username="shuji9", organisation=unit, password="six foot alley"
        )
        return person

    def asked(self, rich, unit, now, shown=True):
        return actions.ask_statement(
            by(rich.rider, now), rich.rider, area=rich.place.community, home_unit=unit.name, period="half", agreed=True,
            shown=shown,
        )  # fmt: skip

    def test_the_secretary_of_the_unit_opens_it_and_takes_it_along_and_the_person_sees_that(
        self, phone, rich, unit, secretary, now, django_assert_max_num_queries
    ):
        one = self.asked(rich, unit, now)
        desk = client(secretary)
        assert one.number not in words(desk.get("/desk/points/home"))  # not before the community confirmed it
        actions.confirm_statement(by(rich.community_clerk, now), one)
        assert desk.get("/desk/points", follow=True).redirect_chain[-1][0] == "/desk/points/home"
        with django_assert_max_num_queries(7):
            page = words(desk.get("/desk/points/home"))
        assert one.number in page and rich.rider.name not in page
        page = words(desk.get(f"/desk/points/home/{one.pk}"))
        assert rich.rider.name in page and str(EVENT.label) in page
        book = desk.post(f"/desk/points/home/{unit.pk}/file", {"year": now.year})
        cells = load_workbook(book.content)
        assert cells[3][:2] == [one.number, rich.rider.name] and cells[3][5:] == [4, 20]
        assert [look.duty for look in rich.rider.looked_at.order_by("at")] == ["points.home", "points.home_file"]
        told = words(phone.get(f"/points/statements/{one.pk}"))
        assert "2 looks at it" in told and "taken as a file" in told

    def test_not_without_a_yes_and_no_longer_once_it_is_ended(self, phone, rich, unit, secretary, now):
        one = self.asked(rich, unit, now, shown=False)
        actions.confirm_statement(by(rich.community_clerk, now), one)
        desk, address = client(secretary), f"/desk/points/home/{one.pk}"
        assert desk.get(address).status_code == 404
        phone.post(f"/points/statements/{one.pk}/unit", {"shown": "1"})
        assert desk.get(address).status_code == 200
        phone.post(f"/points/statements/{one.pk}/unit")
        assert desk.get(address).status_code == 404
        phone.post(f"/points/statements/{one.pk}/unit", {"shown": "1"})
        people.withdraw_consent(by(rich.rider, now), rich.rider, "points_home")
        assert desk.get(address).status_code == 404

    def test_nobody_else_opens_it_nor_shows_it(self, rich, unit, secretary, now):
        one = self.asked(rich, unit, now)
        one = actions.confirm_statement(by(rich.community_clerk, now), one)
        for role in ("secretary", "administrator", "handler", "community_clerk"):
            person = getattr(rich, role)
            assert client(person).get(f"/desk/points/home/{one.pk}").status_code in (403, 404)
            for deed in (
                lambda ctx: actions.open_at_unit(ctx, one),
                lambda ctx: actions.file_at_unit(ctx, unit, now.year),
                lambda ctx: actions.show_to_unit(ctx, one, False),
            ):
                with pytest.raises(Refused):
                    deed(by(person, now))

    def test_a_unit_that_does_not_stand_here_is_told_at_its_field(self, phone, rich):
        asked = {
            "home_unit": "没有的单位",
            "area": rich.place.community.pk,
            "period": "half",
            "agreed": "on",
            "shown": "on",
        }
        told = phone.post("/points/statements", asked)
        assert told.status_code == 422 and "does not stand here" in words(told)


def load_workbook(data):
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
