"""The catalogue: its data joined, imported, edited, published; and whose work a condition is in a place."""

from datetime import UTC, datetime, timedelta

import pytest

from liuchi.cases.catalogue import actions, files, queries, rules
from liuchi.cases.models import FilingCondition, Matter
from liuchi.cases.tests.catalogues import few
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.kernel.tests.kept import Kept
from liuchi.people.actions import units
from liuchi.territory.models import Area

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


def at(moment: datetime) -> Context:
    return Context(at=moment, recorded_at=moment)


kept_whole = Kept(lambda: actions.import_catalogue(at(NOON)))
kept_catalogue = Kept(lambda: actions.import_catalogue(at(NOON), few()))


@pytest.fixture
def whole(db):
    return kept_whole()


@pytest.fixture
def catalogue(db):
    return kept_catalogue()


@pytest.fixture
def street(db):
    county = Area.objects.create(
        code="340803", name="六尺区", level="county", first=340803000000000, last=340803999999999
    )
    return Area.objects.create(
        code="340803001", name="六尺街道", level="street", parent=county, first=340803001000000, last=340803001999999
    )


def event(code: str) -> Matter:
    return Matter.objects.get(kind="event", code=code)


class TestFiles:
    def test_every_rule_has_a_matter(self):
        joined = files.joined()
        assert joined.unmatched == []
        names = {(r["rule_kind"], r["rule_major_code"], r["rule_minor_code"]) for r in joined.matched}
        assert len(names) == 190
        assert len({r["rule_minor"] for r in joined.matched}) == 189  # one name stands for a component and for an event

    def test_all_519_rules_are_there_and_none_names_a_place(self):
        rows = list(files.read("case_rules.csv"))
        assert len(rows) == 519
        assert not any("市" in cell and cell.endswith(("中心", "局", "公司")) for row in rows for cell in row.values())

    def test_403_codes_of_the_standard_with_english_names(self):
        matters = [m for m in files.joined().matters if m.source == "gbt"]
        assert sum(m.kind == "component" for m in matters) == 153
        assert sum(m.kind == "event" for m in matters) == 250
        assert all(m.name_en and m.name_en.isascii() and m.major_en for m in files.joined().matters)
        names = [(m.kind, m.major_en, m.name_en) for m in matters]
        assert len(set(names)) == len(names)

    def test_every_condition_and_closing_standard_has_english_words(self):
        words = files.english()
        said = {words.get(text, "") for rule in files.joined().rules for text in (rule.text, rule.closing)}
        assert all(said)
        assert not any("\u4e00" <= sign <= "\u9fff" for text in said for sign in text)

    def test_a_rule_of_the_same_name_went_to_the_matter_of_that_name(self):
        for row in files.joined().matched:
            assert (row["how"] == "same") <= (row["rule_minor"] == row["name"])
            assert row["how"] == "same" or row["remark"]

    def test_two_limits_for_the_same_words_are_an_error(self):
        one = rules.Rule("event", "06013", "破损", "修复", 5, "work_day", "street", "", "", "rule")
        other = rules.Rule("event", "06013", "破损", "修复", 2, "work_day", "street", "", "", "rule")
        with pytest.raises(ValueError, match="two limits"):
            rules.once([one, other])


class TestImport:
    def test_one_manhole_cover_has_four_limits_the_most_pressing_first(self, catalogue):
        found = queries.conditions_of(event("01001"), NOON)
        assert [(c.limit_value, c.limit_type) for c in found] == [
            (2, "urgent_hour"),
            (4, "work_hour"),
            (2, "work_day"),
            (5, "work_day"),
        ]
        assert {c.unit_role for c in found} == {"water"}

    def test_again_changes_nothing(self, catalogue):
        again = actions.import_catalogue(at(NOON + timedelta(days=1)), few())
        assert (again.matters_new, again.conditions_new, again.conditions_changed) == (0, 0, 0)
        assert again.conditions_same == catalogue.conditions_new == FilingCondition.objects.count()

    def test_a_case_older_than_the_installation_finds_its_condition(self, catalogue):
        assert queries.conditions_of(event("09012"), datetime(2018, 4, 12, tzinfo=UTC))

    def test_a_changed_file_counts_from_now_only(self, catalogue, tmp_path):
        for name in ("matters", "case_rules", "rule_matter_map", "local_conditions", "legal_basis"):
            text = (few() / f"{name}.csv").read_text()
            if name == "case_rules":
                text = text.replace(
                    "非法占用、堵塞消防通道,制止、清理,2,work_hour", "非法占用、堵塞消防通道,制止、清理,1,urgent_hour"
                )
            (tmp_path / f"{name}.csv").write_text(text)
        later = NOON + timedelta(days=30)
        done = actions.import_catalogue(at(later), tmp_path)
        assert (done.conditions_new, done.conditions_changed) == (0, 1)
        [before] = queries.conditions_of(event("09012"), later - timedelta(minutes=1))
        [after] = queries.conditions_of(event("09012"), later)
        assert (before.limit_value, before.limit_type) == (2, "work_hour")
        assert (after.limit_value, after.limit_type) == (1, "urgent_hour")

    def test_what_the_office_changed_is_kept(self, catalogue):
        [condition] = queries.conditions_of(event("09012"), NOON)
        change(condition, limit_value=1)
        actions.publish(at(NOON + timedelta(hours=1)))
        again = actions.import_catalogue(at(NOON + timedelta(hours=2)), few())
        assert (again.conditions_kept, again.conditions_changed) == (1, 0)
        [now] = queries.conditions_of(event("09012"), NOON + timedelta(hours=3))
        assert now.limit_value == 1


def change(condition, when=NOON, **values):
    given = {
        name: getattr(condition, name)
        for name in ("text", "closing", "limit_value", "limit_type", "unit_role", "co_roles", "basis")
    }
    return actions.edit_condition(at(when), condition, **given | values)


class TestEdit:
    def test_a_change_counts_for_new_dispatches_after_publication(self, catalogue):
        [condition] = queries.conditions_of(event("09012"), NOON)
        draft = change(condition, limit_value=3)
        assert queries.conditions_of(event("09012"), NOON) == [condition]
        noon_after = NOON + timedelta(days=1)
        assert actions.publish(at(noon_after)) == 1
        assert queries.conditions_of(event("09012"), noon_after) == [draft]
        assert queries.conditions_of(event("09012"), noon_after - timedelta(seconds=1)) == [condition]
        condition.refresh_from_db()
        assert condition.limit_value == 2  # cases dispatched under it keep what they were promised

    def test_a_draft_is_edited_in_place(self, catalogue):
        [condition] = queries.conditions_of(event("09012"), NOON)
        first = change(condition, limit_value=3)
        assert change(condition, limit_value=4).pk == first.pk
        assert change(first, limit_value=5).limit_value == 5
        assert FilingCondition.objects.filter(valid_from=None).count() == 1

    def test_a_past_condition_and_a_published_draft_are_left_alone(self, catalogue):
        [condition] = queries.conditions_of(event("09012"), NOON)
        change(condition, limit_value=3)
        actions.publish(at(NOON))
        condition.refresh_from_db()
        with pytest.raises(Refused) as refused:
            change(condition, limit_value=9)
        assert refused.value.code == "past"
        with pytest.raises(Refused) as refused:
            actions.drop_draft(at(NOON), queries.conditions_of(event("09012"), NOON)[0])
        assert refused.value.code == "published"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("text", " "),
            ("closing", ""),
            ("limit_value", 0),
            ("limit_value", 251),
            ("limit_type", "moons"),
            ("unit_role", "kings"),
            ("co_roles", "water kings"),
        ],
    )
    def test_nonsense_is_refused_with_its_field(self, catalogue, field, value):
        condition = queries.conditions_of(event("01001"), NOON)[3]
        with pytest.raises(Refused) as refused:
            change(condition, **{field: value})
        assert refused.value.field == ("unit_role" if field == "co_roles" else field)

    def test_a_local_matter_counts_down_and_needs_a_condition(self, catalogue):
        matter = actions.add_matter(at(NOON), major="99", name="围挡内积水")
        assert matter.code == "99099"
        assert matter not in queries.matters(NOON)
        with pytest.raises(Refused) as refused:
            actions.publish(at(NOON))
        assert refused.value.code == "bare"
        actions.add_condition(
            at(NOON),
            matter,
            text="积水超过一天",
            closing="抽排",
            limit_value=1,
            limit_type="work_day",
            unit_role="housing",
        )
        actions.publish(at(NOON))
        assert matter in queries.matters(NOON)
        with pytest.raises(Refused) as refused:
            actions.add_matter(at(NOON), major="99", name="围挡内积水")
        assert refused.value.code == "double"

    def test_each_change_has_its_journal_row(self, catalogue):
        [condition] = queries.conditions_of(event("09012"), NOON)
        change(condition, limit_value=3)
        actions.publish(at(NOON))
        record = event("09012").record
        verbs = list(Row.objects.filter(record=record).order_by("version").values_list("verb", flat=True))
        assert verbs == ["matter.added", "matter.conditions", "matter.drafted", "matter.published"]


class TestRouting:
    def test_the_nearest_area_upwards_decides(self, catalogue, street):
        here = Area.objects.create(
            code="340803001001",
            name="青石社区",
            level="community",
            parent=street,
            first=340803001001000,
            last=340803001001999,
        )
        elsewhere = Area.objects.create(
            code="340811", name="别区", level="county", first=340811000000000, last=340811999999999
        )
        district = units.open_unit(at(NOON), kind="company", name="区供水公司")
        local = units.open_unit(at(NOON), kind="team", name="街道供水队")
        actions.route(at(NOON), area=street.parent, units={"water": district})
        assert queries.unit_for("water", here) == district
        actions.route(at(NOON), area=street, units={"water": local})
        assert queries.unit_for("water", here) == local
        assert queries.unit_for("water", street.parent) == district
        assert queries.unit_for("water", elsewhere) is None
        actions.route(at(NOON), area=street, units={"water": None})
        assert queries.unit_for("water", here) == district

    def test_condition_to_limit_unit_and_helpers(self, catalogue, street):
        water = units.open_unit(at(NOON), kind="company", name="供水公司")
        actions.route(at(NOON), area=street, units={"water": water})
        charge = queries.charge_of(queries.conditions_of(event("01001"), NOON)[0], street)
        assert (charge.role, charge.unit, charge.helpers) == ("water", water, [("owner", None)])

    def test_a_closed_unit_gets_no_work(self, catalogue, street):
        water = units.open_unit(at(NOON), kind="company", name="供水公司")
        actions.route(at(NOON), area=street, units={"water": water})
        water.closed_on = NOON.date()
        water.save()
        assert queries.unit_for("water", street) is None
        with pytest.raises(Refused):
            actions.route(at(NOON), area=street, units={"gas": water})


class TestReading:
    def test_search_by_word_code_pinyin_and_condition(self, whole):
        def codes(text):
            return [line.matter.code for line in queries.entries(NOON, text=text)]

        assert codes("消防通道")[0] == "09012"
        assert codes("zyxf")[0] == "09012"
        assert "01001" in codes("jg")  # 供水井盖
        assert "09012" in codes("zhan yong xiao fang")
        assert codes("09012") == ["09012"]
        assert "06008" in codes("飞线充电")  # stands in a condition only
        assert "01001" in codes("manhole")
        assert codes("没有这样的事") == []

    def test_the_whole_catalogue_in_four_queries(self, whole, django_assert_max_num_queries):
        with django_assert_max_num_queries(4):
            lines = queries.entries(NOON)
            assert sum(len(line.conditions) for line in lines) == FilingCondition.objects.count()

    def test_the_picker_puts_names_that_begin_so_first(self, whole):
        assert queries.found("路灯", NOON)[0].name.startswith("路灯")
        assert queries.found("ldyc", NOON)[0].name == "路灯异常"
        assert queries.found(" ", NOON) == []

    def test_by_role_and_class(self, whole):
        assert {line.matter.code[:2] for line in queries.entries(NOON, major="09")} == {"09"}
        assert all("gas" in line.roles for line in queries.entries(NOON, role="gas"))


def test_local_codes_count_down_past_used_ones():
    assert rules.next_local_code("06", {"06099", "06098", "06052"}) == "06097"
    with pytest.raises(ValueError, match="no local code"):
        rules.next_local_code("06", {f"06{n:03d}" for n in range(1, 100)})
