"""Who sends a photo and no place has often told the place all the same."""

import io
from uuid import uuid4

import pytest
from django_tasks_db.models import DBTaskResult

from liuchi.cases import tasks
from liuchi.cases.models import Case
from liuchi.cases.tests.helpers import SPOT, TEN, by, dispatched, report
from liuchi.kernel.journal.models import Row
from liuchi.kernel.media import actions as media
from liuchi.kernel.media import preparing
from liuchi.kernel.media.models import Media
from liuchi.kernel.tests import media_files as make
from liuchi.territory.models import Area

pytestmark = pytest.mark.django_db
LON, LAT = SPOT
ELSEWHERE = (116.4, 39.9)


@pytest.fixture(autouse=True)
def border(place):
    """The grid is a square of some hundred metres."""
    west, south, east, north = LON - 0.002, LAT - 0.002, LON + 0.002, LAT + 0.002
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    Area.objects.filter(pk=place.grid.pk).update(boundary={"type": "Polygon", "coordinates": [ring]})


def photo_at(lon: float, lat: float) -> Media:
    file = io.BytesIO(make.encoded(exif=make.exif(position=(lon, lat))))
    return media.receive(by(None, TEN, "phone"), uuid4(), "photo", file)


def worked(case: Case) -> Case:
    """The worker has done what waited: the report first, as it may come, then its photos and what these asked for."""
    asked = DBTaskResult.objects.filter(task_path=tasks.prepare.module_path)
    for photo in Media.objects.filter(record=case.pk):
        preparing.prepare(photo.pk)
    for _asked in range(asked.count()):
        tasks.prepare.func(str(case.pk))
    return Case.objects.select_related("record", "area").get(pk=case.pk)


def test_a_report_without_a_place_goes_where_its_photo_was_taken(place):
    case = report(place, area=None, media=[photo_at(LON, LAT).key])
    tasks.prepare.func(str(case.pk))
    assert Case.objects.get(pk=case.pk).lon is None, "nobody has looked into the photo yet"
    case = worked(case)
    assert (round(case.lon, 4), round(case.lat, 4), case.place_source) == (round(LON, 4), round(LAT, 4), "photo")
    assert case.area == place.grid
    assert case.record.area_id == place.grid.pk
    assert Row.objects.filter(record=case.pk, verb="case.placed").count() == 1
    tasks.prepare.func(str(case.pk))
    assert Row.objects.filter(record=case.pk, verb="case.placed").count() == 1


def test_a_photo_that_became_ready_before_the_report_tells_it_too(place):
    photo = photo_at(LON, LAT)
    preparing.prepare(photo.pk)
    case = report(place, area=None, media=[photo.key])
    assert worked(case).area == place.grid


def test_a_place_that_somebody_named_stays(place):
    case = report(place, lon=LON + 0.001, lat=LAT, place_source="map", media=[photo_at(LON, LAT).key])
    assert worked(case).place_source == "map"


def test_a_photo_from_a_journey_says_nothing(place):
    case = report(place, media=[photo_at(*ELSEWHERE).key])
    assert worked(case).lon is None


def test_what_somebody_has_worked_on_is_not_moved(place):
    case = dispatched(report(place, media=[photo_at(LON, LAT).key]), place)
    assert worked(case).lon is None
