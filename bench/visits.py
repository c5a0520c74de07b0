"""What the figures and pages of places cost beside a million rows of visits.

.venv/bin/python -m bench.visits                      SQLite in a folder of its own
.venv/bin/python -m bench.visits --database URL       an empty PostgreSQL database
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import click

POINTS = 140
HOURS = range(6, 23)


def timed(run: Callable[[], object], times: int = 30) -> tuple[float, float, float]:
    """(least, median, worst) in milliseconds, after one run that warms up. The least is what it costs where nothing else
    runs."""
    run()
    took = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        took.append((time.perf_counter() - began) * 1000)
    return min(took), statistics.median(took), max(took)


@click.command()
@click.option("--database", default="", help="postgres://…; otherwise SQLite")
@click.option("--rows", default=1_000_000, show_default=True)
def main(database: str, rows: int) -> None:
    """Prints milliseconds for each question."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LIUCHI_VAR"] = folder
        if database:
            os.environ["LIUCHI_DATABASE"] = database
        os.environ["DJANGO_SETTINGS_MODULE"] = "liuchi.site.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _measure(rows)


def counted_at(hour: int, ahead: int) -> int:
    """Some number of visits, another one for each hour and day."""
    return 1 + (hour * 7 + ahead) % 4


def _fill(rows: int, last: date) -> list[Any]:
    """Points through the action, their counts by plain statements: rows of hours, of uses, and a few events."""
    from django.db import connection, transaction

    from liuchi.kernel import context
    from liuchi.places import actions
    from liuchi.places.models import Use, Visit, VisitDay
    from liuchi.places.services import services
    from liuchi.territory.models import Area

    rng = random.Random(4)
    street = Area.objects.create(
        code="340881001", name="街道", level="street", first=340881001000000, last=340881001999999, home=True, lon=116.93,
        lat=31.05,
    )  # fmt: skip
    ctx = context.system(channel="replay")
    points = []
    with transaction.atomic():
        for number in range(POINTS):
            wanted = actions.Wanted(
                name=f"驿站{number}", area=street, lon=116.90 + rng.random() * 0.06, lat=31.02 + rng.random() * 0.06,
                services=dict.fromkeys(rng.sample(list(services()), 8), ""), week=(((480, 1320),),) * 7,
            )  # fmt: skip
            points.append(actions.enter_point(ctx, wanted))
        days = rows // (POINTS * len(HOURS)) + 1
        made: list[Visit] = []
        for ahead in range(days):
            day = last - timedelta(days=ahead)
            made += [
                Visit(point=one, local_date=day, hour=hour, source="qr", count=counted_at(hour, ahead), told=True)
                for one in points
                for hour in HOURS
            ]
            if len(made) > 20_000:
                Visit.objects.bulk_create(made, batch_size=4000)
                made = []
        Visit.objects.bulk_create(made, batch_size=4000)
        for ahead in range(days):
            VisitDay.objects.bulk_create(
                VisitDay(
                    point=one,
                    local_date=last - timedelta(days=ahead),
                    count=sum(counted_at(hour, ahead) for hour in HOURS),
                )
                for one in points
            )
            Use.objects.bulk_create(
                [
                    Use(point=one, local_date=last - timedelta(days=ahead), service=code, count=1 + ahead % 5)
                    for one in points
                    for code in ("drink", "charge", "rest", "heat")
                ],
                batch_size=4000,
            )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return points


def _measure(rows: int) -> None:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import override_settings

    from liuchi.kernel import context
    from liuchi.people import actions as people
    from liuchi.places.models import ServicePoint, Visit
    from liuchi.places.queries import desk, figures

    last = date(2026, 11, 22)
    began = time.perf_counter()
    points = list(ServicePoint.objects.order_by("pk")) or _fill(rows, last)
    print(f"{connection.vendor}: {Visit.objects.count():,} rows of visits in {time.perf_counter() - began:.0f} s")
    first, within, one = last.replace(day=1), (340881001000000, 340881001999999), points[7].pk
    hired = people.hire(
        context.system(channel="replay"),
        name="示例",
        role="administrator",
        username="admin",
        begins=first,
        password="x" * 12,
    )
    client = Client()
    client.force_login(hired[1])
    questions: dict[str, Callable[[], object]] = {
        "visits of a month, area": lambda: figures.visits(first, last, within),
        "all figures of a month, area": lambda: figures.month(first, last, within),
        "all figures of a month, one place": lambda: figures.month(first, last, point=one),
        "visits of a year, area": lambda: figures.visits(date(2026, 1, 1), last, within),
        "history of one place: 30 days, 12 months, hours": lambda: (
            desk.days(one, last), figures.by_month(one, date(2026, 1, 1)), figures.busy_hours(one, first),
        ),
        "page of one place, desk": lambda: client.get(f"/desk/places/{one}"),
        "list of places, desk": lambda: client.get("/desk/places"),
        "page of one place, phone": lambda: client.get(f"/places/{one}"),
        "nearest ten, phone": lambda: client.post("/places", {"lon": "116.93", "lat": "31.05", "need": ""}),
    }  # fmt: skip
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(ALLOWED_HOSTS=["*"], STORAGES={**settings.STORAGES, "staticfiles": plain}):
        for name, ask in questions.items():
            least, median, worst = timed(ask)
            print(f"  {name}: {least:.1f} ms, middle {median:.1f}, at most {worst:.1f}")


if __name__ == "__main__":
    main()
