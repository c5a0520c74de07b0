"""The register of new-employment groups: by their own yes, corrected, left; doubles in a workbook; what others see."""

from datetime import date, timedelta

import pytest

from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row, Side
from liuchi.people import actions
from liuchi.people.actions import groups, registers
from liuchi.people.actions.businesses import register_business
from liuchi.people.models import Consent, Person, Registration
from liuchi.people.registers.sheets import workers
from liuchi.people.registers.sheets.columns import WORKERS
from liuchi.people.registers.trades import GROUPS
from liuchi.people.rules import Scope
from liuchi.people.sheets.reading import read
from liuchi.people.tasks import expire_registrations
from liuchi.people.tests import workbooks
from liuchi.people.tests.conftest import NOW, Place, client_of, context

ALL = Scope(everything=True)


def entered(place: Place, **more: object) -> Registration:
    facts = {
        "name": "程小满",
        "phone": "13700000001",
        "trade": "takeaway",
        "area": place.community,
        "how": "signed",
    } | more
    return groups.register_worker(context(), **facts)  # type: ignore[arg-type]


def test_nobody_is_registered_without_their_yes(place: Place) -> None:
    with pytest.raises(Refused) as refused:
        entered(place, agreed=["register_news"])
    assert refused.value.field == "agreed"
    assert not Registration.objects.exists()


def test_how_somebody_agreed_is_on_record(place: Place) -> None:
    entry = entered(place, agreed=["register", "register_calls"])
    given = Consent.objects.filter(person=entry.person, withdrawn_at=None)
    assert {(one.purpose, one.how) for one in given} == {("register", "signed"), ("register_calls", "signed")}
    assert Row.objects.get(record_id=entry.pk).facts["how"] == "signed"
    assert entry.kept_until == date(2028, 11, 22)


def test_somebody_is_once_in_a_trade_and_may_be_in_two(place: Place) -> None:
    entry = entered(place)
    with pytest.raises(Refused, match="已经登记"):
        entered(place)
    groups.register_worker(context(), person=entry.person, trade="delivery", area=place.community, how="self")
    with pytest.raises(Refused):
        groups.register_worker(context(), person=entry.person, trade="delivery", area=place.community, how="self")


def test_who_leaves_is_gone_and_the_day_still_counts(place: Place) -> None:
    entry = entered(place)
    person = entry.person
    assert person is not None
    later = context(NOW + timedelta(days=30))
    groups.end_registration(later, entry)
    groups.end_registration(later, entry)  # twice changes nothing
    entry.refresh_from_db()
    assert (entry.person, entry.ended_on) == (None, date(2026, 12, 22))
    person.refresh_from_db()
    assert (person.name, person.phone_cipher) == ("", None)  # known here by the register alone
    assert not Side.objects.filter(person_id=person.pk).exists()
    assert not Consent.objects.filter(person=person, withdrawn_at=None).exists()


def test_who_has_an_account_keeps_it_when_they_leave(place: Place) -> None:
    rider = place.person("rider")
    entry = groups.register_worker(context(), person=rider, trade="takeaway", area=place.community, how="self")
    groups.leave_register(context(), rider)
    rider.refresh_from_db()
    assert rider.name and not Registration.objects.filter(person=rider).exists()
    assert Registration.objects.filter(pk=entry.pk, ended_on__isnull=False).exists()


def test_who_keeps_a_shop_is_not_erased_with_the_entry(place: Place) -> None:
    entry = entered(place)
    assert entry.person
    register_business(context(), name="面馆", trade="catering", area=place.community, keeper=entry.person)
    groups.end_registration(context(), entry)
    assert Person.objects.get(pk=entry.person.pk).name == "程小满"


def test_an_entry_under_a_number_that_nobody_checked_takes_nobodys_place(place: Place) -> None:
    before = entered(place, name="程小满", phone="13800000077")
    login = actions.sign_up(context(), name="程小满", phone="13800000077", password="six foot alley", account=True)
    own = groups.register_worker(context(), person=login.person, trade="takeaway", area=place.community, how="self")
    assert Person.objects.get(pk=before.person.pk).name == "程小满"
    assert Registration.objects.filter(pk=before.pk, ended_on=None).exists()
    groups.confirm_phone(context(), own)
    assert not Registration.objects.filter(pk=before.pk, ended_on=None).exists()
    assert Registration.objects.get(ended_on=None).person == login.person


def test_nobody_checks_their_own_number(place: Place) -> None:
    clerk = place.person("community_clerk")
    own = groups.register_worker(context(), person=clerk, trade="takeaway", area=place.community, how="self")
    with pytest.raises(Refused, match="请同事来核对"):
        groups.confirm_phone(context(person=clerk.pk), own)


def test_ones_own_entry_takes_the_place_of_the_stations(place: Place) -> None:
    rider = place.person("rider")
    before = entered(place, name=rider.name, phone="13800000000")
    groups.register_worker(context(), person=rider, trade="takeaway", area=place.community, how="self")
    assert Registration.objects.get(pk=before.pk).ended_on is not None
    assert Registration.objects.get(ended_on=None).person == rider


def test_what_nobody_confirms_ends_after_two_years(place: Place) -> None:
    entry = entered(place)
    expire_registrations(NOW + timedelta(days=729))
    assert Registration.objects.filter(pk=entry.pk, ended_on=None).exists()
    groups.confirm_registration(context(NOW + timedelta(days=100)), entry)
    again = Registration.objects.select_related("record").get(pk=entry.pk)
    groups.correct_registration(context(NOW + timedelta(days=200)), again, area=place.community, platform="蓝盒")
    expire_registrations(NOW + timedelta(days=740))
    assert Registration.objects.filter(pk=entry.pk, ended_on=None).exists()  # their own yes, renewed meanwhile
    assert Registration.objects.get(pk=entry.pk).kept_until == date(2029, 3, 2)
    expire_registrations(NOW + timedelta(days=900))
    assert not Registration.objects.filter(pk=entry.pk, ended_on=None).exists()


def test_erasure_takes_the_entry_along(place: Place) -> None:
    rider = place.person("rider")
    groups.register_worker(context(), person=rider, trade="takeaway", area=place.community, how="self", platform="蓝盒")
    actions.erase_person(context(), Person.objects.get(pk=rider.pk))
    left = Registration.objects.get()
    assert (left.person, left.platform) == (None, "") and left.ended_on


ROW = {"name": "方谷雨", "phone": "13700000002", "trade": "快递员", "area": "槐荫社区", "how": "当面口头"}


@pytest.mark.parametrize(
    ("wrong", "cell"),
    [
        ({"name": ""}, "name"),
        ({"phone": "123"}, "phone"),
        ({"trade": "飞行员"}, "trade"),
        ({"area": "火星"}, "area"),
        ({"how": ""}, "how"),
        ({"vehicle": "飞毯"}, "vehicle"),
        ({"branch": "没有的支部"}, "branch"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_written(place: Place, wrong: dict, cell: str) -> None:
    data = workbooks.workers([ROW, ROW | {"phone": "13700000003"} | wrong])
    plan = workers.make_plan(read(data, [WORKERS])["workers"], ALL)
    assert list(plan.rows[1].line.faults) == [cell]
    with pytest.raises(Refused):
        registers.import_workers(context(), data, ALL)
    assert not Registration.objects.exists()


def test_a_workbook_reaches_no_further_than_who_brings_it(place: Place) -> None:
    here = Scope(areas=((place.other_community.first, place.other_community.last),))
    plan = workers.make_plan(read(workbooks.workers([ROW]), [WORKERS])["workers"], here)
    assert list(plan.rows[0].line.faults) == ["area"]


def test_doubles_are_left_out_and_named(place: Place) -> None:
    entered(place, name="方谷雨", phone="", trade="delivery")
    rows = [
        ROW,  # same name and trade as somebody without a phone: can't be told apart
        ROW | {"name": "谢听松", "phone": "13700000009"},
        ROW | {"name": "谢听松", "phone": "13700000009"},  # twice
        ROW | {"name": "谢听松", "phone": "13700000009", "trade": "外卖骑手"},  # the same person in two trades
        ROW | {"name": "谢听松", "phone": "13700000010"},  # another one of this name
    ]
    report = registers.import_workers(context(), workbooks.workers(rows), ALL)
    assert report.written == [3, 5, 6]
    assert [number for number, _why in report.left] == [2, 4]
    assert Person.objects.filter(name="谢听松").count() == 2


def test_a_phone_is_shown_to_who_may_call_and_the_look_is_noted(place: Place) -> None:
    silent, open_ = entered(place), entered(
        place, name="吴白露", phone="13700000005", agreed=groups.PURPOSES_OF_REGISTER
    )  # fmt: skip
    clerk = client_of(place.person("community_clerk"))
    assert clerk.post(f"/desk/registers/people/{silent.pk}/phone").status_code == 403
    assert "13700000005" in clerk.post(f"/desk/registers/people/{open_.pk}/phone").content.decode()
    assert open_.person and open_.person.looked_at.get().duty == "registers.see"


def test_an_administrator_sees_figures_and_no_names(place: Place) -> None:
    for number in range(6):
        entered(place, name=f"姚初一{number}", phone=f"1370000010{number}")
    page = client_of(place.person("administrator")).get("/desk/registers/people").content.decode()
    assert "外卖骑手" in page and "姚初一" not in page
    assert "姚初一" in client_of(place.person("community_clerk")).get("/desk/registers/people").content.decode()


def test_the_phone_joins_in_three_fields_and_leaves_again(place: Place) -> None:
    client = client_of(place.person("rider"))
    assert client.get("/registers/join").status_code == 200
    said = {"trade": "takeaway", "platform": "蓝盒", "area": place.community.pk}
    assert "本人同意" in client.post("/registers/join", said).content.decode()
    assert client.post("/registers/join", said | {"agree": "on", "news": "on"}).status_code == 302
    page = client.get("/me/registers").content.decode()
    assert "蓝盒" in page and "2028年" in page
    client.post("/me/registers/consent", {"purpose": "register_news"})
    assert not Consent.objects.filter(purpose="register_news", withdrawn_at=None).exists()
    client.post("/me/registers/leave/groups")
    assert not Registration.objects.filter(ended_on=None).exists()


def test_the_workbook_goes_through_the_pages(place: Place, django_assert_max_num_queries: object) -> None:
    from io import BytesIO

    client = client_of(place.person("community_clerk"))
    assert client.get("/desk/registers/people/template").status_code == 200
    file = BytesIO(workbooks.workers([ROW, ROW]))
    file.name = "台账.xlsx"
    page = client.post("/desk/registers/people/import", {"file": file}).content.decode()
    assert "新增 1 条" in page and "与第 2 行相同" in page
    assert not Registration.objects.exists()
    told = client.post("/desk/registers/people/import/confirm").content.decode()
    assert "写入 1 条" in told
    assert Registration.objects.get().how == "spoken"


def test_the_list_costs_the_same_for_many(place: Place, django_assert_max_num_queries: object) -> None:
    client = client_of(place.person("community_clerk"))
    rows = [ROW | {"name": f"章{number}", "phone": f"1360000{number:04d}"} for number in range(120)]
    registers.import_workers(context(), workbooks.workers(rows), ALL)
    assert GROUPS  # the list of trades is in memory
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        page = client.get("/desk/registers/people").content.decode()
    assert page.count("/desk/registers/people/0") <= 51


def test_a_clerk_writes_nobody_into_a_branch_out_of_reach(place: Place) -> None:
    far = groups.open_branch(context(), name="河东骑手支部", trade="takeaway", area=place.other_street)
    street = groups.open_branch(context(), name="六尺骑手支部", trade="takeaway", area=place.street)
    page = client_of(place.person("community_clerk")).get("/desk/registers/people/new").content.decode()
    assert str(street.pk) in page and str(far.pk) not in page


def test_who_is_in_the_register_reads_so_before_joining_again(place: Place) -> None:
    client = client_of(place.person("rider"))
    assert "您已登记" not in client.get("/registers/join").content.decode()
    rider = place.person("rider")
    groups.register_worker(context(), person=rider, trade="takeaway", area=place.community, how="self")
    page = client.get("/registers/join").content.decode()
    assert "您已登记" in page and "外卖骑手" in page and "2026年11月22日起" in page
