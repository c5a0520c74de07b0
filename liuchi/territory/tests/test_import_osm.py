"""A map file comes in: areas, places with names, the same again without a change, a newer one with what differs."""

import shutil
from datetime import UTC, date, datetime

import osmium
import pytest
from django.db import transaction

from liuchi.kernel import context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.kernel.records.models import Record
from liuchi.territory.models import Area, Place
from liuchi.territory.osm.actions import import_osm
from liuchi.territory.tests.conftest import CUT

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


def test_a_real_map_comes_in_with_the_areas_above(ctx):
    counted = import_osm(ctx, CUT, "440307")
    assert counted.area == "龙岗区"
    area = Area.objects.get(code="440307")
    assert (area.parent.name, area.parent.parent.name) == ("深圳市", "广东省")
    assert area.home, "the first map is that of the area that the installation works for"
    assert counted.drawn["building"] == 14
    assert counted.added == sum(counted.kinds.values()) == Place.objects.count() > 5
    assert Record.objects.filter(kind="place").count() == counted.added


@pytest.fixture(scope="class")
def first_import(django_db_setup, django_db_blocker, tmp_path_factory, demo_osm):
    """What the import of the demo street told, and its map folder; made once for a class, in a transaction that stays open."""
    folder = tmp_path_factory.mktemp("map")
    with django_db_blocker.unblock(), transaction.atomic():
        yield import_osm(context.system(AT, channel="import"), demo_osm, "340881990", folder=folder), folder
        transaction.set_rollback(True)


@pytest.fixture
def imported(first_import, db, map_folder):
    """What the import told; what a test changes afterwards is taken back."""
    counted, folder = first_import
    shutil.copytree(folder, map_folder, dirs_exist_ok=True)
    return counted


class TestTheDemoStreet:
    def test_the_demo_street_comes_in_whole(self, imported):
        assert imported.area == "六尺街道"
        assert list(Area.objects.filter(level="community").order_by("code").values_list("name", flat=True)) == [
            "槐荫社区", "文汇社区", "桂语社区",
        ]  # fmt: skip
        assert imported.kinds["station"] == 3 and imported.kinds["compound"] > 40 and imported.kinds["building"] > 500
        house = Place.objects.get(label="槐荫里3幢")
        assert house.compound.name == "槐荫里" and house.compound.facts["manager"] == "槐荫里物业服务中心"
        assert house.households > 20 and house.area.name == "槐荫社区"
        assert (house.pinyin, house.initials) == ("huaiyinli3zhuang", "hyl3z")
        assert Place.objects.filter(kind="building", facts__has_key="doors").count() > 100
        gates = Place.objects.filter(kind="gate", compound=house.compound)
        assert {gate.name for gate in gates} <= {"东门", "南门", "西门", "北门"} and gates
        yard = Place.objects.get(kind="compound", label="龙眼巷5号院")
        assert "manager" not in yard.facts
        assert Place.objects.get(label="北正街41号").street == "北正街"
        assert Place.objects.filter(kind="building", label__contains="教学楼").first().label in (
            "槐荫小学教学楼",
            "六尺中学教学楼",
        )

    def test_the_second_import_changes_nothing(self, imported, ctx, demo_osm):
        keys = set(Place.objects.values_list("pk", flat=True))
        second = import_osm(ctx, demo_osm, "340881990")
        assert (second.added, second.changed, second.ended, second.unchanged) == (0, 0, 0, imported.added)
        assert set(Place.objects.values_list("pk", flat=True)) == keys
        assert second.map_bytes == imported.map_bytes

    def test_two_maps_live_beside_each_other(self, imported, ctx):
        places = Place.objects.count()
        counted = import_osm(ctx, CUT, "440307")
        assert Place.objects.filter(valid_to=None).count() == places + counted.added
        assert counted.drawn["building"] > 500, "the base map shows both"
        assert Area.objects.get(home=True).code == "340881990"

    def test_the_compact_format_gives_the_same(self, imported, ctx, demo_osm, tmp_path):
        compact = tmp_path / "street.osm.pbf"
        with osmium.SimpleWriter(str(compact)) as writer:
            for thing in osmium.FileProcessor(str(demo_osm)):
                writer.add(thing)
        second = import_osm(ctx, compact, "340881990")
        assert second.kinds == imported.kinds and second.unchanged == imported.added


def test_a_newer_map_changes_what_differs_and_ends_what_is_gone(ctx, tmp_path):
    import_osm(ctx, CUT, "440307")
    library = Place.objects.get(label="图书馆")
    text = CUT.read_text(encoding="utf-8")
    newer = tmp_path / "newer.osm"
    hall = Place.objects.get(label="会议中心")
    way = hall.source_id[1:]
    newer.write_text(text.replace("图书馆", "新图书馆").replace(f'"{way}"', '"999999999"'), encoding="utf-8")
    counted = import_osm(ctx.happened(datetime(2027, 1, 5, 1, tzinfo=UTC)), newer, "440307")
    assert (counted.added, counted.changed, counted.ended) == (1, 1, 1)
    library.refresh_from_db()
    hall.refresh_from_db()
    assert library.label == "新图书馆" and library.initials == "xtsg" and hall.valid_to == date(2027, 1, 5)
    import_osm(ctx, CUT, "440307")
    hall.refresh_from_db()
    assert hall.valid_to is None, "what comes back is the same place"


@pytest.mark.parametrize(
    "content", ["", "<osm version='0.6'></osm>", "no map at all", "<osm version='0.6'><node id='1' lat='x'/></osm>"]
)
def test_what_is_no_map_is_refused_and_leaves_nothing(ctx, tmp_path, content, map_folder):
    wrong = tmp_path / "wrong.osm"
    wrong.write_text(content)
    with pytest.raises(Refused) as refused:
        import_osm(ctx, wrong, "440307")
    assert refused.value.code == "bad_map"
    assert not Area.objects.exists() and not Row.objects.exists() and not list(map_folder.iterdir())


def test_a_wrong_code_is_refused(ctx):
    with pytest.raises(Refused) as refused:
        import_osm(ctx, CUT, "44030")
    assert refused.value.field == "area"
