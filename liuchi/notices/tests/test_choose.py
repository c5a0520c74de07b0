"""The page on which somebody says how they want to be told."""

from datetime import time, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from liuchi.kernel.delivery.models import Sending
from liuchi.notices import actions
from liuchi.notices.models import Choice, Proof
from liuchi.notices.tests.conftest import again, context
from liuchi.people import actions as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, somebody, ways_out):
    client.force_login(somebody.login)
    return client


def test_it_is_saved_and_shown(page, somebody, django_assert_max_num_queries):
    sent = {
        "way": ["sms", "mail"],
        "order": "push,mail,sms",
        "first": "sms",
        "quiet_from": "21:30",
        "quiet_until": "06:30",
        "digest_at": "18",
    }
    assert page.post("/me/notices", sent).status_code == 302
    choice = Choice.objects.get(person=somebody)
    assert (choice.order, choice.every, choice.quiet_from, choice.quiet_until, choice.digest_at) == (
        ["sms", "mail"], False, time(21, 30), time(6, 30), time(18)
    )  # fmt: skip
    assert choice.urgent_passes, "what a page does not ask stays"
    with django_assert_max_num_queries(16):
        shown = page.get("/me/notices").content.decode()
    assert "138****0001" in shown and "21:30" in shown and "13800000001" not in shown


def test_a_slip_is_told_at_its_field_and_nothing_typed_is_lost(page, somebody):
    shown = page.post("/me/notices", {"way": ["mail"], "quiet_from": "21:30", "digest_at": "now"}).content.decode()
    assert "都填上" in shown and 'value="21:30" selected' in shown
    assert not Choice.objects.exists()


def code_sent():
    return Sending.objects.latest("made_at").short


def test_a_mail_address_counts_once_its_code_came_back(page, somebody):
    EmailAddress.objects.all().delete()
    page.post("/me/notices/mail", {"address": "New@Example.org"})
    code = code_sent()
    assert not EmailAddress.objects.exists()
    wrong = "000000" if code != "000000" else "111111"
    assert "不对" in page.post("/me/notices/mail", {"code": wrong}).content.decode()
    assert page.post("/me/notices/mail", {"code": f" {code[:3]} {code[3:]}"}).status_code == 302
    kept = EmailAddress.objects.get()
    assert (kept.email, kept.verified, kept.primary) == ("new@example.org", True, True)
    assert not Proof.objects.exists()


def test_a_phone_number_that_one_typed_oneself_counts_once_its_code_came_back(page, somebody):
    people.correct_person(
        context(timezone.now(), somebody), again(somebody), name="x", phone="13900000009", language="zh-hans"
    )
    assert "待验证" in page.get("/me/notices").content.decode()
    page.post("/me/notices/sms")
    page.post("/me/notices/sms", {"code": code_sent()})
    assert "待验证" not in page.get("/me/notices").content.decode()
    assert "sms" in Choice.objects.get(person=somebody).order
    people.correct_person(
        context(timezone.now(), somebody), again(somebody), name="x", phone="13900000008", language="zh-hans"
    )
    assert "待验证" in page.get("/me/notices").content.decode(), "another number has to be proven anew"


def test_five_guesses_and_a_quarter_of_an_hour(page, somebody):
    page.post("/me/notices/mail", {"address": "new@example.org"})
    code = code_sent()
    wrong = "000000" if code != "000000" else "111111"
    for _guess in range(5):
        page.post("/me/notices/mail", {"code": wrong})
    assert "失效" in page.post("/me/notices/mail", {"code": code}).content.decode()
    Proof.objects.update(tries=0, made_at=timezone.now() - timedelta(minutes=16))
    assert "失效" in page.post("/me/notices/mail", {"code": code}).content.decode()


def test_codes_do_not_rain(page, somebody):
    at = timezone.now()
    page.post("/me/notices/mail", {"address": "new@example.org"})
    again = page.post("/me/notices/mail?again=1", {"address": "new@example.org"}).content.decode()
    assert "过一分钟" in again and Sending.objects.count() == 1
    for _time in range(4):
        Proof.objects.update(made_at=at - timedelta(minutes=2))
        actions.send_code(context(at, somebody), "mail", "new@example.org")
        at += timedelta(seconds=1)
    Proof.objects.update(made_at=at - timedelta(minutes=2))
    if (at - timedelta(minutes=2)).astimezone(timezone.get_default_timezone()).date() == timezone.localdate(at):
        assert "明天" in page.post("/me/notices/mail?again=1", {"address": "new@example.org"}).content.decode()


def test_the_choices_are_part_of_what_is_kept_on_a_person(page, somebody):
    from liuchi.people.data import keepers

    page.post("/me/notices", {"way": ["mail"], "order": "mail", "digest_at": "now"})
    (kept,) = keepers()["notice_choice"].kept(somebody.pk)
    assert kept["channels"] == ["mail"]
