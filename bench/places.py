"""What finding a place costs among 50,000, and what a map of as many houses costs to bring in.

.venv/bin/python -m bench.places                      SQLite in a folder of its own
.venv/bin/python -m bench.places --database URL       an empty PostgreSQL database
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import tempfile
import time
from pathlib import Path

import click

WORDS = "槐桂文荷竹石青云梧桐桥溪柳松兰菊梅杏桃李枫荫里园苑庭坊巷弄汇语塘井泉山水月"
QUERIES = (
    "槐",
    "hy",
    "3幢",
    "槐荫",
    "gyy12",
    "guiyuyuan",
    "北正街41号门前",
    "没有这个地方在这里",
    "安徽省桐城市六尺街道槐荫里3幢2单元",
    "12",
)


def write_map(path: Path, houses: int) -> None:
    """A map of compounds with 40 houses each, in rows, with a road between them."""
    rng = random.Random(6)
    nodes: list[str] = []
    ways: list[str] = []

    def ring(west: float, south: float, east: float, north: float) -> str:
        first = len(nodes) + 1
        for lon, lat in ((west, south), (east, south), (east, north), (west, north)):
            nodes.append(f'<node id="{len(nodes) + 1}" version="1" lon="{lon:.7f}" lat="{lat:.7f}"/>')
        return "".join(f'<nd ref="{first + i}"/>' for i in (0, 1, 2, 3, 0))

    def way(refs: str, **tags: str) -> None:
        words = "".join(f'<tag k="{key.replace("__", ":")}" v="{value}"/>' for key, value in tags.items())
        ways.append(f'<way id="{len(ways) + 1}" version="1">{refs}{words}</way>')

    columns = 40
    for number in range(houses // 40):
        x, y = 116.5 + (number % columns) * 0.0026, 31.0 + (number // columns) * 0.0026
        name = "".join(rng.choices(WORDS, k=2)) + rng.choice("里园苑庭坊") + str(number // 900 or "")
        way(ring(x, y, x + 0.0022, y + 0.0022), landuse="residential", name=name, barrier="wall")
        for house in range(40):
            a, b = x + 0.0001 + (house % 5) * 0.0004, y + 0.0001 + (house // 5) * 0.00026
            way(
                ring(a, b, a + 0.00032, b + 0.00012), building="apartments", addr__place=name,
                addr__housenumber=f"{house + 1}幢", building__flats="36",
            )  # fmt: skip
        road = f'<nd ref="{len(nodes) - 3}"/><nd ref="{len(nodes) - 1}"/>'
        way(road, highway="residential", name=f"{''.join(rng.choices(WORDS, k=2))}路")
    path.write_text("<osm version='0.6'>" + "\n".join(nodes + ways) + "</osm>", encoding="utf-8")


def memory() -> int:
    """Megabytes that this process has used at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def timed(run: object, times: int = 40) -> tuple[float, float]:
    """(median, worst) in milliseconds."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        run()  # type: ignore[operator]
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took), max(took)


@click.command()
@click.option("--database", default="", help="postgres://…; otherwise SQLite")
@click.option("--houses", default=50_000, show_default=True)
def main(database: str, houses: int) -> None:
    """Prints milliseconds for each kind of question."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LIUCHI_VAR"] = folder
        if database:
            os.environ["LIUCHI_DATABASE"] = database
        os.environ["DJANGO_SETTINGS_MODULE"] = "liuchi.site.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _measure(Path(folder), houses)


def _measure(folder: Path, houses: int) -> None:
    from django.db import connection

    from liuchi.kernel import context
    from liuchi.territory import queries
    from liuchi.territory.models import Place
    from liuchi.territory.osm.actions import import_osm

    source = folder / "large.osm"
    write_map(source, houses)
    began, before = time.perf_counter(), memory()
    counted = import_osm(context.system(channel="import"), source, "340881")
    print(f"{connection.vendor}: {sum(counted.kinds.values()):,} places brought in, {counted.tiles:,} tiles of {counted.map_bytes / 1e6:.1f} MB,"
          f" in {time.perf_counter() - began:.1f} s, {memory() - before} MB")  # fmt: skip
    before = memory()
    began = time.perf_counter()
    queries.places_found("槐")
    print(f"first search (labels into memory): {(time.perf_counter() - began) * 1000:.0f} ms, {memory() - before} MB")
    for text in QUERIES:
        median, worst = timed(lambda text=text: queries.places_found(text))
        print(f"  search {text}: {median:.1f} ms, at most {worst:.1f}; {len(queries.places_found(text))} found")
    rng = random.Random(1)
    points = [
        (lon + rng.uniform(-0.0003, 0.0003), lat + rng.uniform(-0.0003, 0.0003))
        for lon, lat in rng.sample(list(Place.objects.values_list("lon", "lat")), 60)
    ]
    queries.address_at(*points[0])
    turn = iter(points * 4)
    median, worst = timed(lambda: queries.address_at(*next(turn)), 120)
    print(f"words for a point: {median:.1f} ms, at most {worst:.1f}")
    turn = iter(points * 4)
    median, worst = timed(lambda: queries.area_at(*next(turn)), 120)
    print(f"area of a point: {median:.2f} ms, at most {worst:.2f}")


if __name__ == "__main__":
    main()
