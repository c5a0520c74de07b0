"""Whose eyes see a face on a photo: its reporter's and the handling unit's, with a trace; everybody else sees it covered."""

import io
import json
from uuid import uuid4

import pytest

from liuchi.cases import actions
from liuchi.cases.tests import helpers
from liuchi.kernel.errors import Refused
from liuchi.kernel.media import actions as media
from liuchi.kernel.media import preparing, queries
from liuchi.kernel.media.models import Media
from liuchi.kernel.tests import media_files as make
from liuchi.kernel.tests.test_media_faces import portrait
from liuchi.people.models import Look

pytestmark = pytest.mark.django_db
PLATE = [20, 480, 180, 560]


@pytest.fixture
def place(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"
    return helpers.a_place()


def reported(place, by_whom=None, ready=True):
    """(taken, photo) of a report with somebody on its photo."""
    ctx = helpers.by(by_whom, channel="phone")
    photo = media.receive(ctx, uuid4(), "photo", io.BytesIO(make.encoded(portrait())))
    taken = helpers.told(place, by_whom=by_whom, media=(photo.key,))
    if ready:
        preparing.prepare(photo.pk)
    photo.refresh_from_db()
    return taken, photo


def given_to_housing(place, case):
    ctx = helpers.by(place.dispatcher)
    return actions.file_and_dispatch(ctx, case.pk, place.wall.pk, place.stained.pk, place.housing.pk)


def signed_in(client, name):
    assert client.login(username=name, password=helpers.PASSWORD)
    return client


def test_the_handling_unit_sees_the_face_and_each_look_is_written_down(place, client):
    taken, photo = reported(place, place.resident)
    given_to_housing(place, taken.case)
    signed_in(client, "otherhandler")
    address = queries.url(photo, "clear")
    for times in (1, 2):
        response = client.get(address)
        assert response.status_code == 200
        assert response["Cache-Control"] == "no-store"
        looks = Look.objects.filter(record_id=taken.case.pk, what="photo", person=place.resident)
        assert looks.count() == times
    assert looks[0].by == place.other_handler
    assert looks[0].by_post.organisation == place.housing


@pytest.mark.parametrize(
    "name", ["dispatcher", "communityclerk", "supervisor", "secretary", "handler", "stranger", "administrator"]
)
def test_nobody_else_does(place, client, name):
    taken, photo = reported(place, place.resident)
    given_to_housing(place, taken.case)
    signed_in(client, name)
    assert client.get(queries.url(photo, "clear")).status_code == 404
    assert not Look.objects.exists()
    assert queries.url(photo, "clear") not in client.get(f"/desk/cases/{taken.case.pk}").content.decode()


def test_before_it_is_given_to_a_unit_and_where_that_is_a_firm_nobody_sees_it(place, client):
    taken, photo = reported(place)
    signed_in(client, "gridworker")
    assert client.get(queries.url(photo, "clear")).status_code == 404
    helpers.dispatched(taken.case, place)  # to the property manager, who may be the one complained about
    for name in ("handler", "gridworker"):
        assert client.get(queries.url(signed_in(client, name) and photo, "clear")).status_code == 404


def test_the_reporter_sees_it_at_once_and_others_only_when_it_was_searched(place, client):
    taken, photo = reported(place, place.resident, ready=False)
    assert signed_in(client, "dispatcher").get(queries.url(photo, "shown")).status_code == 404
    signed_in(client, "resident")
    piece = client.get(f"/api/cases/{taken.case.pk}").json()["media"][0]
    assert (piece["url"], piece["thumb"], piece["covers"]) == (None, None, None)
    assert client.get(piece["clear"]).status_code == 200
    preparing.prepare(photo.pk)
    piece = client.get(f"/api/cases/{taken.case.pk}").json()["media"][0]
    assert client.get(piece["url"]).status_code == client.get(piece["clear"]).status_code == 200
    assert not Look.objects.exists()  # one's own photo


def test_the_reporter_covers_more_but_takes_nothing_away(place):
    taken, photo = reported(place, place.resident)
    actions.cover_own(helpers.by(place.resident), taken.case.pk, photo.pk, [PLATE])
    photo.refresh_from_db()
    assert [one[4] for one in photo.covers] == ["found", "drawn"]
    assert helpers.verbs(taken.case)[-1] == "case.photo_covered"
    with pytest.raises(Refused) as refused:
        actions.cover_own(helpers.by(place.grid_leader), taken.case.pk, photo.pk, [PLATE])
    assert refused.value.status == 403


def test_by_receipt_through_the_outbox(place, client):
    taken, photo = reported(place)
    token = client.post("/outbox/token").json()["token"]
    body = {"receipt": taken.receipt, "photo": str(photo.pk), "covers": [PLATE]}
    sent = {"key": str(uuid4()), "verb": "case.cover", "at": helpers.TEN.isoformat(), "body": body}
    for _again in range(2):
        response = client.post(
            "/outbox", json.dumps(sent), "application/json", headers={"Authorization": f"Outbox {token}"}
        )
        assert response.status_code in (200, 201), response.content
    photo.refresh_from_db()
    assert len(photo.covers) == 2
    assert helpers.verbs(taken.case).count("case.photo_covered") == 1


def test_the_desk_covers_a_plate_and_takes_a_false_face_away(place, client):
    taken, photo = reported(place)
    face = photo.covers[0][:4]
    signed_in(client, "dispatcher")
    page = client.get(f"/desk/cases/{taken.case.pk}").content.decode()
    assert "data-cover" in page
    address = f"/desk/cases/{taken.case.pk}/photos/{photo.pk}"
    response = client.post(f"{address}/cover", {"more": json.dumps([PLATE]), "away": json.dumps([face])})
    assert response.status_code == 200
    assert "case:version" in response["HX-Trigger"]
    assert f'hx-get="{address}"' in response.content.decode()  # it asks again until it is made anew
    photo.refresh_from_db()
    assert photo.covers == [[*PLATE, "drawn"]]
    preparing.prepare(photo.pk)
    assert queries.url(Media.objects.get(pk=photo.pk), "thumb") in client.get(address).content.decode()


def test_whoever_may_only_look_draws_nothing(place, client):
    taken, photo = reported(place)
    signed_in(client, "supervisor")
    assert "data-cover" not in client.get(f"/desk/cases/{taken.case.pk}").content.decode()
    address = f"/desk/cases/{taken.case.pk}/photos/{photo.pk}/cover"
    assert client.post(address, {"more": json.dumps([PLATE])}).status_code == 403
    other, _photo = reported(place)
    signed_in(client, "dispatcher")
    assert client.post(f"/desk/cases/{other.case.pk}/photos/{photo.pk}/cover", {"more": "[]"}).status_code == 404


def test_a_page_with_a_photo_asks_no_more_than_before(place, client, django_assert_max_num_queries):
    taken, _photo = reported(place, place.resident)
    given_to_housing(place, taken.case)
    signed_in(client, "otherhandler")
    client.get(f"/desk/cases/{taken.case.pk}")
    with django_assert_max_num_queries(28):
        assert client.get(f"/desk/cases/{taken.case.pk}").status_code == 200


@pytest.mark.parametrize("said", ["[" * 100_000, "NaN", '{"a": 1}', "[[1e999,0,9,9]]", "[[0,0,1,", "null1", '["a"]'])
def test_what_is_no_drawing_gets_a_sentence(place, client, said):
    taken, photo = reported(place)
    signed_in(client, "dispatcher")
    response = client.post(f"/desk/cases/{taken.case.pk}/photos/{photo.pk}/cover", {"more": said})
    assert response.status_code == 422
