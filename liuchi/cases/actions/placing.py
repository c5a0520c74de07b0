"""A report that came without a place, and whose photo knows one."""

from uuid import UUID

from django.db import transaction

from liuchi.cases.actions.acting import locked
from liuchi.kernel.context import Context
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.media import queries as media
from liuchi.kernel.records import actions as records
from liuchi.territory import queries as territory


def place_from_photo(ctx: Context, case_id: UUID) -> bool:
    """Puts a report without a point where its first photo was taken, if that lies in the area of this installation and
    nobody has worked on it yet. Returns whether it was done; twice does no harm."""
    with transaction.atomic():
        case = locked(case_id)
        if case.lon is not None or case.place_id is not None or case.state != "reported":
            return False
        for photo in media.of_record(case.pk):
            if photo.lon is None or photo.lat is None or not territory.is_covered(photo.lon, photo.lat):
                continue
            case.lon, case.lat, case.place_source = photo.lon, photo.lat, "photo"
            case.area = territory.area_at(photo.lon, photo.lat)
            records.move(case.record, case.area.pk if case.area else None)
            case.save(update_fields=["lon", "lat", "place_source", "area"])
            journal.write(ctx, case.record, "case.placed", {"place_source": "photo", "media": [str(photo.pk)]})
            return True
    return False
