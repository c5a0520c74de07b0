"""Taking a report in (信息收集): from the phone, the desk, a file - always this one action."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases import rules, tasks
from liuchi.cases.actions.clock import start_office_clock
from liuchi.cases.actions.contact import contact_bound_to
from liuchi.cases.masks import masked
from liuchi.cases.models import Case, Matter
from liuchi.cases.queries.near import ask_near
from liuchi.kernel import crypto, sql
from liuchi.kernel.context import CHINA, Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.media import actions as media
from liuchi.kernel.outbox.tokens import digest_of
from liuchi.kernel.records import actions as records
from liuchi.people.phones import normal_phone
from liuchi.territory import queries as territory
from liuchi.territory.models import Area, Place

LONGEST_TEXT = 5000
LONGEST_PLACE = 120
LONGEST_NAME = 40
# Told some time after it was said: the office's clock begins when the office has it.
TOLD_LATER = frozenset({"phone", "visit", "wechat", "mail", "hotline"})


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said. Degrees are WGS-84, accuracy in metres; all of it may be missing but words or a photo."""

    text: str = ""
    lon: float | None = None
    lat: float | None = None
    accuracy: float | None = None
    place_source: str = "none"
    place_id: UUID | None = None
    place_words: str = ""
    phone: str = ""
    matter_id: UUID | None = None
    media: list[UUID] = field(default_factory=list)
    area: Area | None = None  # where it goes when no place is known; default: the root of the installation
    behalf: str = ""  # for whom it is said, where somebody else takes it down
    source: str = ""
    source_key: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """The new case, the receipt (told once, kept only as a hash), and the ids of open cases close by."""

    case: Case
    receipt: str
    near: list[UUID]


def report(ctx: Context, said: Said) -> Taken:
    """Files what was said: place to area, number, receipt, clock, journal, photos; the rest is done by the worker.

    Raises Refused with the field at fault; then nothing is kept on the server and the phone keeps all of it.
    """
    text = _clean(said.text, LONGEST_TEXT, "text")
    place_words = masked(_clean(said.place_words, LONGEST_PLACE, "place"))
    if not text and not said.media:
        raise Refused("empty", _("Take a photo or write a line, so that we know what it is."), field="text")
    behalf = " ".join(_clean(said.behalf, LONGEST_NAME, "behalf").split())
    _check_point(said)
    phone = normal_phone(said.phone) if said.phone.strip() else None
    if said.phone.strip() and phone is None:
        raise Refused(
            "phone",
            _("This phone number has a digit too many or too few. Correct it, or leave it empty."),
            field="phone",
        )
    if said.matter_id is not None and not Matter.objects.filter(pk=said.matter_id).exists():
        raise Refused(
            "matter", _("This kind of matter is no longer in the list. Choose another, or none."), field="matter"
        )
    with transaction.atomic(savepoint=False):
        return _take(ctx, said, text, place_words, phone, behalf)


def _take(ctx: Context, said: Said, text: str, place_words: str, phone: str | None, behalf: str) -> Taken:
    place = Place.objects.filter(pk=said.place_id).select_related("area").first() if said.place_id else None
    lon, lat = said.lon, said.lat
    if lon is None and place is not None:
        lon, lat = place.lon, place.lat
    # What the database is asked is asked before anything waits for an answer, so that one trip brings all of it.
    local_date = ctx.at.astimezone(CHINA).date()
    count = _ask_count(local_date)
    nearest = ask_near(lon, lat, ctx.at) if lon is not None and lat is not None else list
    area = territory.area_at(lon, lat) if lon is not None and lat is not None else None
    if area is None:
        area = (place.area if place else None) or said.area or territory.root()
    near = [pk for _metres, pk in nearest()]
    record = records.create("case", area.pk if area else None)
    receipt = rules.new_receipt()
    case = Case(
        record=record,
        number=f"LC-{local_date:%Y-%m}-{count.rows[0][0]:04d}",  # what people say: LC-2026-11-0417, one series a month
        source=said.source,
        source_key=said.source_key,
        channel=ctx.channel,
        state="reported",
        text=text,
        masked=masked(text),
        lon=lon,
        lat=lat,
        accuracy=said.accuracy if lon is not None else None,
        place_source=said.place_source if lon is not None else ("words" if place_words else "none"),
        place_words=place_words,  # where none were said, the worker finds some for the point
        place=place,
        area=area,
        reporter_id=ctx.person if ctx.channel == "phone" else None,
        receipt_hash=digest_of(receipt),
        contact_cipher=crypto.encrypt(phone, contact_bound_to(record.pk)) if phone else None,
        contact_index=crypto.blind_index("phone", phone) if phone else None,
        matter_id=said.matter_id,
        reported_at=ctx.at,
        local_date=local_date,
    )
    start_office_clock(case, ctx.recorded_at if ctx.channel in TOLD_LATER else ctx.at)
    sql.insert(case)
    facts: dict[str, Any] = {"number": case.number, "state": case.state, "place_source": case.place_source}
    if said.matter_id:
        facts["matter"] = str(said.matter_id)
    if near:
        facts["near"] = [str(other) for other in near]
    if said.media:
        facts["media"] = [str(one.pk) for one in media.attach(said.media, record)]
    personal = {"words": text, "place": case.place_words} | ({"behalf": behalf} if behalf else {})
    journal.write(ctx, record, "case.reported", facts, personal, about=case.reporter_id)
    tasks.prepare.enqueue(str(record.pk))
    return Taken(case, receipt, near)


def _ask_count(day: date) -> sql.Asked:
    """The how manieth report of the month it is."""
    return sql.ask(
        "INSERT INTO cases_number_series (month, last) VALUES (%s, 1)"
        " ON CONFLICT (month) DO UPDATE SET last = cases_number_series.last + 1 RETURNING last",
        (f"{day:%Y-%m}",),
    )


def _clean(text: str, longest: int, field_name: str) -> str:
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if len(text) > longest:
        raise Refused(
            "too_long", _("Please say it in at most %(longest)s characters.") % {"longest": longest}, field=field_name
        )
    return text


def _check_point(said: Said) -> None:
    if said.place_source not in rules.PLACE_SOURCES:
        raise Refused("place", _("The place could not be read. Tap it on the map, or write it down."), field="place")
    if (said.lon is None) != (said.lat is None):
        raise Refused("place", _("The place could not be read. Tap it on the map, or write it down."), field="place")
    if said.lon is not None and said.lat is not None:
        if not (-180 <= said.lon <= 180 and -90 <= said.lat <= 90):
            raise Refused(
                "place", _("This place is not on the map. Tap it on the map, or write it down."), field="place"
            )
    if said.accuracy is not None and not 0 <= said.accuracy < 1e7:
        raise Refused("place", _("The place could not be read. Tap it on the map, or write it down."), field="place")
