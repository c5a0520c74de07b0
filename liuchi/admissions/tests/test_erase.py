"""What is written in the moment in which somebody is erased doesn't stay."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from liuchi.admissions import actions
from liuchi.admissions.actions.inviting import code_on
from liuchi.admissions.models import Admission, Application
from liuchi.admissions.tests.helpers import ANSWERS, NOW, applied, by, programme, somebody, system
from liuchi.kernel.errors import Refused
from liuchi.people.actions import erase_person

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_is_written_for_who_was_erased_a_moment_before(place):
    one, person = programme(place), somebody()
    application = applied(place, one, person)
    ctx = by(person, channel="phone")
    code = code_on(actions.make_code(system(), one.pk, area=place.community))
    erase_person(system(), person)
    acts = (
        lambda: actions.save(ctx, one.pk, person, ANSWERS, area=place.community),
        lambda: actions.send(ctx, application.pk),
        lambda: actions.appeal(ctx, application.pk, "再看看"),
        lambda: actions.take_up(ctx, code, person),
        lambda: actions.invite(by(place.person("secretary")), one.pk, [person]),
        lambda: actions.pass_on(by(place.person("community_clerk")), application.pk),
        lambda: actions.appoint_many(
            by(place.person("secretary")), one.pk, [actions.Line("王小河", place.community, "治理观察员", person=person)], agreed=True
        ),
    )  # fmt: skip
    for act in acts:
        with pytest.raises(Refused) as told:
            act()
        assert told.value.code == "erased"
    assert not Admission.objects.exists() and not one.invitations.exists()
    assert Application.objects.get().answers_cipher is None


@pytest.mark.parametrize("first", ["save", "erase"])
def test_applying_and_being_erased_at_once(place, first):
    one, person = programme(place), somebody()
    ctx, start = by(person, NOW, "phone"), Barrier(2)
    acts = [
        lambda: actions.send(ctx, actions.save(ctx, one.pk, person, ANSWERS, area=place.community).pk),
        lambda: erase_person(system(), person),
    ]

    def run(act):
        try:
            start.wait(10)
            act()
        except Refused as told:
            return told.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        got = list(pool.map(run, acts if first == "save" else acts[::-1]))
    assert set(got) <= {"", "erased"}
    assert not Application.objects.filter(answers_cipher__isnull=False).exists()
    assert not Application.objects.filter(state__in=("draft", "sent")).exists()
