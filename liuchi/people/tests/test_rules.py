"""The pure rules, by example and by hypothesis."""

from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from liuchi.people import rules
from liuchi.people.rules import Held, Scope


def test_phone_numbers() -> None:
    assert rules.is_phone("13800000000") and rules.is_phone("055162345678") and rules.is_phone("+85223456789")
    assert not rules.is_phone("12345") and not rules.is_phone("1380000000") and not rules.is_phone("")


def test_identity_numbers_have_a_check_character() -> None:
    assert rules.is_id_number("11010519491231002X")
    assert not rules.is_id_number("110105194912310021")
    assert not rules.is_id_number("11010519491231002")


def test_masked_values() -> None:
    assert rules.masked_phone("13800001234") == "138****1234"
    assert rules.shown_name("欧阳锋") == "欧阳某"
    assert rules.shown_name("程安") == "程某"
    assert rules.shown_name("Ada Example", language="en") == "Ada"


def test_one_time_passwords_are_long_and_readable() -> None:
    made = {rules.one_time_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(one) == 14 and not set(one) & set("0o1li") for one in made)


def test_nobody_climbs_by_resetting_a_password() -> None:
    assert rules.stands_above({"community_clerk"}, {"grid_worker"})
    assert rules.stands_above({"community_clerk"}, set())
    assert not rules.stands_above({"community_clerk"}, {"community_clerk"})
    assert not rules.stands_above({"dispatcher"}, {"administrator"})
    assert not rules.stands_above({"dispatcher"}, {"secretary", "grid_worker"})
    assert rules.stands_above({"administrator"}, {"secretary"})


ranges = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12)).map(lambda r: (r[0], r[0] + r[1])), max_size=8)


@given(ranges, st.integers(-2, 80))
def test_merging_ranges_changes_nothing_that_lies_within(parts: list[tuple[int, int]], at: int) -> None:
    merged = rules.merged_ranges(parts)
    assert any(a <= at <= b for a, b in merged) == any(a <= at <= b for a, b in parts)
    assert all(merged[i][1] + 1 < merged[i + 1][0] for i in range(len(merged) - 1))


roles = st.sampled_from(rules.ROLES)
reaches = st.sampled_from(rules.REACHES)
posts = st.builds(
    Held,
    post=st.uuids(),
    role=roles,
    first=st.integers(0, 20),
    last=st.integers(20, 40),
    level=st.sampled_from(["grid", "community", "street"]),
    units=st.frozensets(st.integers(1, 4).map(lambda n: UUID(int=n)), max_size=3),
)


@given(
    st.dictionaries(roles, reaches), st.lists(posts, max_size=4), st.integers(-2, 45), st.integers(1, 5), st.booleans()
)
def test_a_scope_is_the_sum_of_its_posts(
    table: dict[str, str], held: list[Held], at: int, unit: int, is_own: bool
) -> None:
    scope = rules.scope_of(table, held, signed_in=True)
    target = {"area_first": at, "units": [UUID(int=unit)], "is_own": is_own}
    alone = [rules.scope_of(table, [post], signed_in=True).holds(**target) for post in held]
    nothing = rules.scope_of(table, [], signed_in=True).holds(**target)
    assert scope.holds(**target) == (any(alone) or nothing)


@given(st.dictionaries(st.integers(0, 12), st.integers(0, 12), max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_no_unit_ever_hangs_below_itself(links: dict[int, int], child: int, parent: int) -> None:
    ids = [uuid4() for _ in range(13)]
    tree: dict[UUID, UUID | None] = {}
    for low, high in links.items():  # built by the same rule that guards the real tree
        tree.setdefault(ids[low], None)
        if not rules.would_loop(tree, ids[low], ids[high]):
            tree[ids[low]] = ids[high]
    if not rules.would_loop(tree, ids[child], ids[parent]):
        tree[ids[child]] = ids[parent]
    for one in ids:
        seen, at = set(), tree.get(one)
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = tree.get(at)


def test_an_empty_scope_is_false() -> None:
    assert not Scope() and Scope(own=True) and not Scope().holds(area_first=1, units=[uuid4()], is_own=True)
