"""Division codes come in, come in again, change with the year."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from liuchi.kernel import context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.territory import queries
from liuchi.territory.divisions.actions import import_divisions, new_area
from liuchi.territory.models import Area

CUT = Path(__file__).parent / "data" / "divisions"
pytestmark = pytest.mark.django_db


@pytest.fixture
def ctx():
    return context.system(datetime(2026, 3, 1, 2, tzinfo=UTC), channel="import")


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(CUT, tmp_path / "lists")
    return tmp_path / "lists"


def drop_line(path: Path, start: str) -> None:
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(start)))


def test_the_list_becomes_a_tree_with_province_and_cities(ctx):
    counted = import_divisions(ctx, CUT)
    assert counted.levels == {"province": 1, "city": 2, "county": 2, "street": 4, "community": 24}
    assert counted.added == Area.objects.count() == 33
    community = Area.objects.get(code="340102001001")
    assert community.name == "填海巷社区"
    assert (community.pinyin, community.initials) == ("tianhaixiangshequ", "thxsq")
    names = []
    area = community
    while area:
        names.append(area.name)
        area = area.parent
    assert names == ["填海巷社区", "明光路街道", "瑶海区", "合肥市", "安徽省"]


def test_a_subtree_is_one_range_of_numbers(ctx):
    import_divisions(ctx, CUT)
    county = Area.objects.get(code="340881")
    below = Area.objects.filter(first__gte=county.first, first__lte=county.last)
    assert {area.code[:6] for area in below} == {"340881"}
    assert below.count() == Area.objects.filter(code__startswith="340881").count() > 10


def test_the_second_run_changes_nothing_and_writes_nothing(ctx):
    import_divisions(ctx, CUT)
    before = Row.objects.count()
    counted = import_divisions(ctx, CUT)
    assert (counted.added, counted.renamed, counted.ended, counted.unchanged) == (0, 0, 0, 33)
    assert Row.objects.count() == before == 1


def test_a_new_year_renames_adds_and_ends_and_keeps_the_ids(ctx, folder):
    import_divisions(ctx, folder)
    kept = Area.objects.get(code="340881001")
    streets = folder / "streets.csv"
    streets.write_text(streets.read_text().replace("龙腾街道", "龙腾新街道") + '340881003,"龙眠街道",340881,34,3408\n')
    drop_line(folder / "communities.csv", "340102001001")
    counted = import_divisions(ctx.happened(datetime(2027, 3, 1, 2, tzinfo=UTC)), folder)
    assert (counted.added, counted.renamed, counted.ended) == (1, 1, 1)
    assert Area.objects.get(pk=kept.pk).name == "龙腾新街道"
    assert Area.objects.get(code="340102001001").valid_to == date(2027, 3, 1)


def test_a_code_that_comes_back_is_a_new_area_and_the_old_one_stays_ended(ctx, folder):
    import_divisions(ctx, folder)
    drop_line(folder / "communities.csv", "340102001001")
    import_divisions(ctx.happened(datetime(2027, 3, 1, 2, tzinfo=UTC)), folder)
    import_divisions(ctx.happened(datetime(2028, 3, 1, 2, tzinfo=UTC)), CUT)
    old, new = Area.objects.filter(code="340102001001").order_by("pk")
    assert (old.valid_to, new.valid_from, new.valid_to) == (date(2027, 3, 1), date(2028, 3, 1), None)


def test_areas_made_by_hand_are_not_ended(ctx):
    import_divisions(ctx, CUT)
    known = {area.code: area for area in Area.objects.all()}
    new_area("340881990", "六尺街道", known, "desk").save()
    assert import_divisions(ctx, CUT).ended == 0
    assert Area.objects.get(code="340881990").parent.name == "桐城市"


def test_a_folder_without_lists_is_refused_with_a_sentence(ctx, tmp_path):
    with pytest.raises(Refused) as refused:
        import_divisions(ctx, tmp_path)
    assert refused.value.code == "no_divisions"
    (tmp_path / "streets.csv").write_text("code,name\n12x,somewhere\n")
    with pytest.raises(Refused, match=r"streets\.csv:2"):
        import_divisions(ctx, tmp_path)
    assert not Area.objects.exists()


def test_without_any_area_nothing_breaks(db):
    assert queries.root() is None and queries.area_at(116.9, 31.1) is None
    assert queries.address_at(116.9, 31.1) == "" and queries.places_found("槐荫里") == []
