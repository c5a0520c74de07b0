"""When a message goes out, for every time of the day."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from liuchi.notices import rules
from liuchi.notices.rules import Wish

CHINA = ZoneInfo("Asia/Shanghai")
minutes = st.times().map(lambda t: t.replace(second=0, microsecond=0))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(lambda t: t.replace(tzinfo=CHINA))
wishes = st.builds(
    Wish,
    order=st.permutations(rules.CHANNELS).map(tuple),
    every=st.booleans(),
    quiet_from=st.none() | minutes,
    quiet_until=st.none() | minutes,
    urgent_passes=st.booleans(),
    digest_at=st.none() | minutes,
)


@given(moments, wishes)
def test_quiet_hours_end_within_a_day_and_outside_of_themselves(at: datetime, wish: Wish) -> None:
    ends = rules.quiet_end(at, wish)
    if ends is not None:
        assert at < ends <= at + timedelta(days=1)
        assert rules.quiet_end(ends, wish) is None
        assert ends.time() == wish.quiet_until


@given(moments, wishes, st.booleans())
def test_nothing_waits_longer_than_a_day_and_urgent_news_not_at_all_where_they_may_pass(
    at: datetime, wish: Wish, urgent: bool
) -> None:
    until = rules.later(at, wish, list(wish.order), urgent)
    assert until is None or at < until <= at + timedelta(days=1)
    if urgent and wish.urgent_passes:
        assert until is None


@given(moments, wishes)
def test_nothing_rings_in_the_quiet_hours(at: datetime, wish: Wish) -> None:
    if rules.quiet_end(at, wish) is not None and wish.digest_at is None:
        first = wish.order[0] in rules.RINGING
        assert (rules.later(at, wish, list(wish.order), False) is None) == (not first and not wish.every)


def test_over_midnight() -> None:
    wish = Wish(quiet_from=time(22), quiet_until=time(7))
    late, early, day = (datetime(2026, 11, 22, hour, 30, tzinfo=CHINA) for hour in (23, 3, 12))
    assert rules.quiet_end(late, wish) == datetime(2026, 11, 23, 7, tzinfo=CHINA)
    assert rules.quiet_end(early, wish) == datetime(2026, 11, 22, 7, tzinfo=CHINA)
    assert rules.quiet_end(day, wish) is None


@given(st.text(alphabet="0123456789 -号楼单元", max_size=40))
def test_no_number_of_seven_digits_is_left(text: str) -> None:
    run = 0
    for sign in rules.without_numbers(text).replace(" ", "").replace("-", ""):
        run = run + 1 if sign.isdigit() else 0
        assert run < 7 or "--" in text or "  " in text or " -" in text or "- " in text
