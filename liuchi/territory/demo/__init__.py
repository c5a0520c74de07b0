"""The demo place: a made-up street (街道), drawn by a seed.

`make_place(seed)` returns the place as an OpenStreetMap file and its grids as GeoJSON, so that the demo goes in
through the same import as a real place. Nothing here knows Django. The same seed gives the same bytes.
"""

from .place import COUNTY_CODE, DEFAULT_SEED, STREET_CODE, DemoPlace, make_place, write_place

__all__ = ["COUNTY_CODE", "DEFAULT_SEED", "STREET_CODE", "DemoPlace", "make_place", "write_place"]
