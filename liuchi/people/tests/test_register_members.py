"""Double registration: of their own will, encrypted, seen by one secretary or one community, each look noted."""

import threading
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.core import serializers
from django.db import connection

from liuchi.kernel.errors import Refused
from liuchi.people import actions
from liuchi.people.actions import service
from liuchi.people.models import (
    Claim,
    ClaimPost,
    Look,
    Organisation,
    Person,
    ServiceMember,
)
from liuchi.people.registers.sealed import opened
from liuchi.people.tasks import forget_claims
from liuchi.people.tests.conftest import NOW, Place, client_of, context, made_place


def a_post(place: Place, places: int = 2, begins: datetime = NOW + timedelta(hours=5)) -> ClaimPost:
    return service.open_post(
        context(), area=place.community, title="夏夜巡逻", where="社区广场", begins=begins,
        ends=begins + timedelta(hours=2), places=places,
    )  # fmt: skip


def a_member(place: Place, number: int = 1, **more: object) -> ServiceMember:
    person = actions.register_person(context(), name=f"胡长庚{number}", phone=f"1350000000{number}")
    said = {"area": place.community, "home_unit": "城管中队", "report": True} | more
    return service.register_member(context(), person, **said)  # type: ignore[arg-type]


class TestDoubleRegistration:
    def test_a_member_is_registered_once_and_nameless_in_the_database(self, place: Place) -> None:
        member = a_member(place)
        rows = serializers.serialize("json", [ServiceMember.objects.get(pk=member.pk)])
        assert "胡长庚" not in rows
        person = Person.objects.get(name="胡长庚1")
        assert str(person.pk) not in rows
        with pytest.raises(Refused) as refused:
            service.register_member(context(), person, area=place.other_community, home_unit="税务所")
        assert refused.value.code == "double"
        service.leave_community(context(), member)
        service.register_member(context(), person, area=place.other_community, home_unit="税务所")

    def test_claimed_given_back_and_claimed_by_another(self, place: Place) -> None:
        post, first, second = a_post(place, places=1), a_member(place, 1), a_member(place, 2)
        claim = service.claim(context(), post, first)
        for member, why in ((first, "double"), (second, "full")):
            with pytest.raises(Refused) as refused:
                service.claim(context(), post, member)
            assert refused.value.code == why
        service.give_back(context(), claim)
        service.give_back(context(), claim)  # a second tap frees no second place
        service.claim(context(), post, second)
        post.refresh_from_db()
        assert post.taken == 1

    def test_who_left_and_came_back_is_not_thanked_twice_for_one_post(self, place: Place) -> None:
        post, other = a_post(place, begins=NOW - timedelta(hours=1)), a_post(place, begins=NOW - timedelta(hours=1))
        member = a_member(place)
        person = Person.objects.get(pk=opened(member)["person"])
        claim = service.claim(context(), post, member)
        service.confirm(context(), post, {claim.pk: (1, Decimal(2))})
        service.leave_community(context(), member)
        back = service.register_member(context(), person, area=place.community, home_unit="城管中队", report=False)
        with pytest.raises(Refused) as refused:
            service.claim(context(), post, back)
        assert refused.value.code == "double"
        assert service.claim(context(), other, back)  # what was not confirmed is free for them as for everybody
        forget_claims(post.ends)
        assert not Claim.objects.exclude(left_by=None).exists()

    def test_other_communities_and_what_is_over_can_not_be_claimed(self, place: Place) -> None:
        post, far = a_post(place), a_member(place, area=place.other_community)
        with pytest.raises(Refused) as refused:
            service.claim(context(), post, far)
        assert refused.value.code == "elsewhere"
        with pytest.raises(Refused) as refused:
            service.claim(context(NOW + timedelta(days=1)), post, a_member(place, 2))
        assert refused.value.code == "over"

    def test_the_community_confirms_once_and_who_left_is_nobody(self, place: Place) -> None:
        post, member = a_post(place), a_member(place)
        claim = service.claim(context(), post, member)
        done = {claim.pk: (2, Decimal("1.5"))}
        with pytest.raises(Refused, match="还没有开始"):
            service.confirm(context(), post, done)
        later = context(NOW + timedelta(hours=8), person=place.person("community_clerk").pk)
        assert service.confirm(later, post, done) == 1
        assert service.confirm(later, post, {claim.pk: (9, Decimal("2.0"))}) == 0
        claim.refresh_from_db()
        assert (claim.occasions, claim.hours) == (2, Decimal("1.5"))
        assert service.person_of_claim(claim.pk) == Person.objects.get(name="胡长庚1").pk
        service.leave_community(later, member)
        assert service.person_of_claim(claim.pk) is None
        assert Claim.objects.get().confirmed_on  # that it was done stays

    def test_nobody_confirms_their_own_service(self, place: Place) -> None:
        post, member = a_post(place), a_member(place)
        claim = service.claim(context(), post, member)
        own = context(NOW + timedelta(days=1), person=Person.objects.get(name="胡长庚1").pk)
        with pytest.raises(Refused, match="请同事来确认"):
            service.confirm(own, post, {claim.pk: (1, Decimal(2))})
        assert not Claim.objects.exclude(confirmed_on=None).exists()

    @pytest.mark.parametrize("wrong", [(0, "1"), (100, "1"), (1, "0"), (1, "2.5"), (1, "500")])
    def test_impossible_figures_are_refused(self, place: Place, wrong: tuple[int, str]) -> None:
        post = a_post(place)
        claim = service.claim(context(), post, a_member(place))
        with pytest.raises(Refused):
            service.confirm(context(NOW + timedelta(days=1)), post, {claim.pk: (wrong[0], Decimal(wrong[1]))})

    def test_the_home_unit_sees_those_who_agreed_alone(self, place: Place) -> None:
        unit = Organisation.objects.get(name="城管中队")
        yes, no = a_member(place, 1), a_member(place, 2, report=False)
        post = a_post(place)
        claims = [service.claim(context(), post, member) for member in (yes, no)]
        service.confirm(context(NOW + timedelta(days=1)), post, {claim.pk: (1, Decimal(2)) for claim in claims})
        idle = a_member(place, 3)
        secretary, _login, _password = actions.hire(
            context(), name="章书记", role="secretary", username="shuji3", organisation=unit, password="six foot alley"
        )
        ctx = context(NOW + timedelta(days=2), person=secretary.pk)
        told = service.look_at_statement(ctx, unit, "half")
        assert [(line.name, line.occasions, line.hours) for line in told.lines] == [("胡长庚1", 1, Decimal("2.0"))]
        assert Look.objects.get().record_id == yes.pk and idle.report_agreed_at  # who did nothing is not named
        assert service.look_at_statement(ctx, unit, "last_year").lines == []
        page = client_of(secretary)
        assert page.get("/desk/", follow=True).redirect_chain[-1][0] == "/desk/registers/branches"  # no area, no inbox
        assert page.get("/desk/registers/businesses").status_code == 403
        assert page.get("/desk/registers/statements").url.endswith(f"/statement/{unit.pk}")
        shown = page.post(f"/desk/registers/statement/{unit.pk}", {"period": "year", "excel": "1"})
        assert shown["Content-Type"].endswith("sheet") and Look.objects.filter(duty=service.STATEMENT_FILE).count() <= 1
        service.look_at_statement(ctx, unit, "year", as_file=True)
        assert Look.objects.filter(duty=service.STATEMENT_FILE, record_id=yes.pk).exists()
        service.correct_member(context(), yes, home_unit="城管中队", report=False)
        assert service.look_at_statement(ctx, unit, "half").lines == []

    def test_nobody_but_the_secretary_of_that_unit_sees_it_by_any_way(self, place: Place) -> None:
        unit = Organisation.objects.get(name="城管中队")
        for role in ("secretary", "administrator", "handler", "community_clerk", "supervisor"):
            with pytest.raises(Refused) as refused:
                service.look_at_statement(context(person=place.person(role).pk), unit, "year")
            assert refused.value.code == "not_yours"
            page = client_of(place.person(role)).post(f"/desk/registers/statement/{unit.pk}", {"period": "year"})
            assert page.status_code in (403, 404)

    def test_names_are_for_the_community_in_charge_not_for_the_street(self, place: Place) -> None:
        post = a_post(place)
        service.claim(context(), post, a_member(place))
        url = f"/desk/registers/service/{post.pk}"
        clerk = client_of(place.person("community_clerk"))
        assert "胡长庚" not in clerk.get(url).content.decode()
        assert "胡长庚1" in clerk.post(f"{url}/people").content.decode()
        assert Look.objects.get().by == place.person("community_clerk")
        for role in ("secretary", "dispatcher", "supervisor", "administrator"):
            assert client_of(place.person(role)).post(f"{url}/people").status_code in (403, 404)

    def test_how_few_members_serve_is_for_the_community_alone(self, place: Place) -> None:
        post = a_post(place)
        service.claim(context(), post, a_member(place))
        for address in (
            f"/desk/registers/service/{post.pk}",
            "/desk/registers/service?over=1",
            "/desk/registers/service",
        ):
            told = client_of(place.person("supervisor")).get(address).content.decode()
            assert "1 / " not in told
        own = client_of(place.person("community_clerk")).get(f"/desk/registers/service/{post.pk}").content.decode()
        assert "1 / " in own

    def test_on_the_phone_from_registering_to_giving_back(self, place: Place) -> None:
        post, rider = a_post(place), client_of(place.person("rider"))
        ClaimPost.objects.filter(pk=post.pk).update(begins=NOW + timedelta(days=4000), ends=NOW + timedelta(days=4001))
        assert (
            rider.post("/registers/service", {"area": place.community.pk, "home_unit": "城管中队"}).status_code == 302
        )
        assert "夏夜巡逻" in rider.get("/registers/service").content.decode()
        rider.post(f"/registers/service/{post.pk}/claim")
        rider.post(f"/registers/service/{post.pk}/claim")  # a second tap
        claim = Claim.objects.get()
        rider.post(f"/registers/service/claims/{claim.pk}/back")
        post.refresh_from_db()
        assert post.taken == 0
        rider.post("/me/registers/leave/service")
        assert ServiceMember.objects.get().cipher is None


@pytest.mark.django_db(transaction=True)
def test_the_last_place_goes_to_one_of_many() -> None:
    place = made_place()
    post = a_post(place, places=1)
    members = [a_member(place, number) for number in range(6)]
    told: list[str] = []
    together = threading.Barrier(len(members))

    def try_it(member: ServiceMember) -> None:
        together.wait()
        try:
            service.claim(context(), post, member)
            told.append("yes")
        except Refused as refused:
            told.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it, args=[member]) for member in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["full"] * 5 + ["yes"]
    assert ClaimPost.objects.get().taken == Claim.objects.count() == 1
