"""Coordinates come back where they came from, and boxes lose no point."""

from math import isclose, nan

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from liuchi.kernel import geo

# Land of China with its seas, well inside the box of the standard.
in_china = st.tuples(st.floats(73.5, 135.1), st.floats(3.8, 53.6))
anywhere = st.tuples(st.floats(-179, 179), st.floats(-85, 85))


@given(point=in_china)
@example(point=(105.0, 35.0))
def test_gcj_and_back_is_the_same_place(point):
    shown = geo.wgs_to_gcj(*point)
    assert geo.distance(*geo.gcj_to_wgs(*shown), *point) < 0.01
    assert geo.distance(*geo.wgs_to_gcj(*geo.gcj_to_wgs(*point)), *point) < 0.01
    assert 10 < geo.distance(*shown, *point) < 1000


@given(point=in_china)
def test_baidu_and_back_is_the_same_place(point):
    assert geo.distance(*geo.bd_to_wgs(*geo.wgs_to_bd(*point)), *point) < 0.01
    assert geo.distance(*geo.bd_to_gcj(*geo.gcj_to_bd(*point)), *point) < 0.01


@given(point=anywhere.filter(lambda point: not geo.CHINA_BOX.holds(*point)))
def test_outside_china_nothing_moves(point):
    for convert in (geo.wgs_to_gcj, geo.gcj_to_wgs, geo.wgs_to_bd, geo.bd_to_wgs):
        assert convert(*point) == point


def test_known_points():
    """Values published with the open implementations of the conversion (Tiananmen gate)."""
    lon, lat = geo.wgs_to_gcj(116.404, 39.915)
    assert (round(lon, 5), round(lat, 5)) == (116.41024, 39.91640)
    lon, lat = geo.gcj_to_bd(116.404, 39.915)
    assert (round(lon, 5), round(lat, 5)) == (116.41037, 39.92134)


def test_distance_of_a_degree():
    assert isclose(geo.distance(117, 31, 117, 32), 111_195, rel_tol=1e-4)
    assert isclose(geo.distance(117, 60, 118, 60), 111_195 / 2, rel_tol=1e-3)
    assert geo.distance(117, 31, 117, 31) == 0


@given(centre=in_china, east=st.floats(-5000, 5000), north=st.floats(-5000, 5000))
def test_the_flat_plane_is_right_to_a_few_in_a_thousand(centre, east, north):
    plane = geo.Metres(*centre)
    point = plane.back(east, north)
    x, y = plane.to(*point)
    assert abs(x - east) < 1e-5
    assert abs(y - north) < 1e-5
    flat = (east**2 + north**2) ** 0.5
    assert abs(geo.distance(*centre, *point) - flat) <= 0.008 * flat + 0.001


@given(centre=in_china, metres=st.floats(0.1, 50_000), turn=st.floats(0, 6.28), share=st.floats(0, 1))
def test_the_box_holds_whatever_is_near(centre, metres, turn, share):
    from math import cos, sin

    plane = geo.Metres(*centre)
    point = plane.back(metres * share * cos(turn), metres * share * sin(turn))
    if geo.distance(*centre, *point) <= metres:
        assert geo.box_around(*centre, metres).holds(*point)


def test_the_box_is_no_larger_than_needed():
    box = geo.box_around(117.2, 31.8, 100)
    assert isclose(geo.distance(117.2, box.south, 117.2, box.north), 200, rel_tol=1e-3)
    assert isclose(geo.distance(box.west, 31.8, box.east, 31.8), 200, rel_tol=1e-3)
    assert geo.box_around(0, 89.9999, 1000) == (-180, pytest.approx(89.99, abs=0.01), 180, 90)


def test_a_position_is_finite_and_in_range():
    assert geo.is_position(117.2, 31.8)
    assert not geo.is_position(nan, 31.8)
    assert not geo.is_position(200, 31.8)
    assert not geo.is_position(117.2, -91)
