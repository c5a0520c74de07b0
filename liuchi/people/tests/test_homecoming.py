"""The home-coming code: signing in to a branch on the phone, and that its secretary alone sees who."""

import json
from datetime import timedelta

import pytest
from django.core import serializers
from django.test import Client

from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row, Side
from liuchi.people import actions
from liuchi.people.actions import homecoming
from liuchi.people.models import (
    BranchCode,
    HomeComing,
    Look,
    Organisation,
    Person,
    Post,
)
from liuchi.people.registers.sealed import opened
from liuchi.people.tests.conftest import NOW, Place, client_of, context


@pytest.fixture
def branch(place: Place) -> Organisation:
    """A branch with a secretary of its own, who may sign in as shuji2."""
    unit = actions.open_unit(context(), kind="party_body", name="外卖行业支部", area=place.community)
    actions.hire(
        context(), name="章书记", role="secretary", username="shuji2", organisation=unit, area=place.community,
        password="six foot alley",
    )  # fmt: skip
    return unit


@pytest.fixture
def code(branch: Organisation) -> BranchCode:
    return homecoming.renew_code(context(), branch)


def came_home(place: Place, code: BranchCode, **more: object) -> HomeComing:
    rider = place.person("rider")
    said = {"name": rider.name, "home_branch": "老家支部"} | more
    return homecoming.sign_in(context(person=rider.pk), code, rider, **said)  # type: ignore[arg-type]


class TestHomeComing:
    def test_the_database_alone_says_of_nobody_that_they_are_a_member(self, place: Place, code: BranchCode) -> None:
        rider = place.person("rider")
        entry = came_home(place, code)
        assert opened(entry)["home_branch"] == "老家支部"
        rows = serializers.serialize("json", [HomeComing.objects.get(pk=entry.pk)])
        assert rider.name not in rows and str(rider.pk) not in rows and "老家" not in rows
        assert not Side.objects.filter(row__record_id=entry.pk).exists()  # the journal says that, and not who
        assert json.dumps(Row.objects.get(record_id=entry.pk).facts).count("branch") == 1

    def test_the_member_reads_who_sees_it_and_who_came_later(self, place: Place, code: BranchCode) -> None:
        entry, new = came_home(place, code), place.person("handler")
        HomeComing.objects.filter(pk=entry.pk).update(signed_on=NOW.date() - timedelta(days=10))
        page = client_of(place.person("rider")).get("/me/registers").content.decode()
        assert "章书记" in page
        actions.end_post(context(), Post.objects.get(person__name="章书记"))
        unit, area = code.organisation, place.community
        actions.appoint(context(), new, role="secretary", organisation=unit, area=area, begins=NOW.date())
        page = client_of(place.person("rider")).get("/me/registers").content.decode()
        assert new.name in page and "您登记之后到任" in page and "章书记" not in page

    def test_scanning_keeps_nothing(self, place: Place, code: BranchCode) -> None:
        page = Client().get(f"/g/{code.code}").content.decode()
        assert "外卖行业支部" in page and "什么都没有留下" in page
        client_of(place.person("rider")).get(f"/g/{code.code}")
        assert not HomeComing.objects.exists()

    def test_a_member_signs_in_on_the_phone_sees_who_looked_and_takes_it_back(
        self, place: Place, branch: Organisation, code: BranchCode
    ) -> None:
        rider = client_of(place.person("rider"))
        assert rider.post(f"/g/{code.code}", {"name": "程归", "phone": "13800000000"}).status_code == 302
        secretary = client_of(Person.objects.get(login__username="shuji2"))
        shown = secretary.post(f"/desk/registers/branches/{branch.pk}/members").content.decode()
        assert "程归" in shown
        assert Look.objects.get(duty="homecoming.see").person is None
        mine = rider.get("/me/registers").content.decode()
        assert "被查看 1 次" in mine and "外卖行业支部" in mine
        rider.post("/me/registers/leave/home")
        left = HomeComing.objects.get()
        assert left.withdrawn_on and left.cipher is None and left.person_index is None
        assert not Look.objects.exists()
        assert "程归" not in secretary.post(f"/desk/registers/branches/{branch.pk}/members").content.decode()

    def test_nobody_but_the_branchs_own_secretary_sees_who(
        self, place: Place, branch: Organisation, code: BranchCode
    ) -> None:
        came_home(place, code)
        for role in ("secretary", "administrator", "dispatcher", "community_clerk", "supervisor"):
            other = client_of(place.person(role))
            assert other.post(f"/desk/registers/branches/{branch.pk}/members").status_code in (403, 404)
            assert other.get(f"/desk/registers/branches/{branch.pk}/code").status_code in (403, 404)
        page = client_of(place.person("administrator")).get(f"/desk/registers/branches/{branch.pk}").content.decode()
        assert "不足 5 人" in page and place.person("rider").name not in page

    def test_who_stands_in_for_the_secretary_does_not_see(
        self, place: Place, branch: Organisation, code: BranchCode
    ) -> None:
        post = Person.objects.get(login__username="shuji2").posts.get()
        deputy = place.person("community_clerk")
        actions.set_absence(
            context(), post, begins=NOW - timedelta(days=900), ends=NOW + timedelta(days=900), deputy=deputy
        )
        assert client_of(deputy).post(f"/desk/registers/branches/{branch.pk}/members").status_code == 404

    def test_twice_is_once_and_another_branch_is_a_move(self, place: Place, code: BranchCode) -> None:
        came_home(place, code)
        with pytest.raises(Refused) as refused:
            came_home(place, code)
        assert refused.value.code == "double"
        other = actions.open_unit(context(), kind="party_body", name="快递行业支部", area=place.community)
        second = homecoming.renew_code(context(), other)
        with pytest.raises(Refused) as refused:
            came_home(place, second)
        assert refused.value.code == "elsewhere"
        moved = came_home(place, second, move=True)
        assert HomeComing.objects.get(withdrawn_on=None) == moved

    def test_a_renewed_code_ends_the_old_one(self, place: Place, branch: Organisation, code: BranchCode) -> None:
        new = homecoming.renew_code(context(), Organisation.objects.get(pk=branch.pk))
        assert Client().get(f"/g/{code.code}").status_code == 404
        assert Client().get(f"/g/{new.code}").status_code == 200
        with pytest.raises(Refused) as refused:
            came_home(place, code)  # the page was open when it was renewed
        assert refused.value.code == "code"

    def test_the_sheet_carries_the_code(self, branch: Organisation, code: BranchCode) -> None:
        page = client_of(Person.objects.get(login__username="shuji2")).get(f"/desk/registers/branches/{branch.pk}/code")
        assert b'class="qr"' in page.content

    def test_what_is_kept_goes_along_and_is_erased(self, place: Place, code: BranchCode) -> None:
        rider = place.person("rider")
        came_home(place, code)
        from liuchi.people.queries import kept_on

        assert kept_on(rider)["membership"][0]["branch"] == "外卖行业支部"
        actions.erase_person(context(), Person.objects.get(pk=rider.pk))
        assert HomeComing.objects.get().cipher is None

    def test_an_administrator_who_makes_himself_secretary_sees_nobody(self, place: Place, code: BranchCode) -> None:
        came_home(place, code)
        admin = place.person("administrator")
        actions.appoint(
            context(), admin, role="secretary", organisation=code.organisation, area=place.community, begins=NOW.date()
        )
        page = client_of(admin).post(f"/desk/registers/branches/{code.organisation_id}/members")
        assert page.status_code in (403, 404)
