"""What the cases keep on a person, and how they let go of it: taken along as a file, erased on request (PIPL art. 45, 47)."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liuchi.cases import words
from liuchi.cases.actions.contact import contact_bound_to
from liuchi.cases.actions.covering import sent_by_reporter
from liuchi.cases.models import Case
from liuchi.kernel import crypto
from liuchi.kernel.context import Context
from liuchi.kernel.media import actions as media
from liuchi.kernel.media import files as stored
from liuchi.kernel.media.models import Media
from liuchi.people import data


def kept(person_id: UUID) -> list[dict[str, Any]]:
    """The person's reports, in the person's own words."""
    reports = Case.objects.filter(reporter_id=person_id).select_related("matter", "unit").order_by("reported_at")
    return [
        {
            "number": case.number,
            "reported_at": case.reported_at.isoformat(),
            "channel": words.channel(case.channel),
            "words": case.text,
            "phone": _number(case),
            "place": case.place_words,
            "lon": case.lon,
            "lat": case.lat,
            "matter": words.matter(case.matter),
            "state": words.state(case.state),
            "reply": case.reply,
            "stars": case.stars,
            "rating": case.rating,
        }
        for case in reports
    ]


def _number(case: Case) -> str:
    """The number that was left with it, for whoever left it."""
    return crypto.decrypt(case.contact_cipher, contact_bound_to(case.pk)) if case.contact_cipher else ""


def files(person_id: UUID) -> list[tuple[str, Callable[[], bytes]]]:
    """The person's photos and recordings as they sent them: (name, what reads it). Of a photo whose time is over (cases.faces)
    that is the one which is shown."""
    found: list[tuple[str, Callable[[], bytes]]] = []
    numbers = dict(Case.objects.filter(reporter_id=person_id).values_list("pk", "number"))
    for one in _sent(numbers):
        name = one.original or one.clear or one.shown
        if name and one.record_id:
            ending = one.type.partition("/")[2] if one.original else "jpeg"
            found.append((f"{numbers[one.record_id]}-{one.place + 1}.{ending}", partial(_content, name)))
    return found


def _content(name: str) -> bytes:
    with stored.open_file(name) as file:
        return file.read()


def _sent(case_ids: Iterable[UUID]) -> list[Media]:
    return list(Media.objects.filter(pk__in=sent_by_reporter(list(case_ids))))


def erase(ctx: Context, person_id: UUID) -> None:
    """Cuts the tie to the reporter, the receipt with it. The request stays, since a wall that is falling must still be mended: its words
    without names and numbers, its place, what its photos show, and what the office did."""
    media.forget_sender(_sent(Case.objects.filter(reporter_id=person_id).values_list("pk", flat=True)))
    for case in Case.objects.filter(reporter_id=person_id).only("pk", "masked"):
        Case.objects.filter(pk=case.pk).update(
            reporter=None, text=case.masked, rating="", contact_cipher=None, contact_index=None, receipt_hash=None
        )


def register_all() -> None:
    """Called when the program starts."""
    data.register("reports", data.Keeper(_("What you reported"), kept, erase, files))
