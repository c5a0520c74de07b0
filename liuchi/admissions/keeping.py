"""What admissions keep on a person, and how they let go of it (PIPL art. 45, 47)."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liuchi.admissions import rules, words
from liuchi.admissions.actions import inviting
from liuchi.admissions.actions.acting import answers_of
from liuchi.admissions.actions.admitting import end_of_person
from liuchi.admissions.models import Admission, Application, Invitation, InvitationCode
from liuchi.kernel.context import Context
from liuchi.kernel.media import actions as media
from liuchi.kernel.media import files as stored
from liuchi.kernel.media.models import Media
from liuchi.people import data


def kept(person_id: UUID) -> list[dict[str, Any]]:
    """The person's applications with their answers, and what they hold or held."""
    applications = Application.objects.filter(person_id=person_id).select_related("programme", "version")
    held = Admission.objects.filter(person_id=person_id).select_related("programme").prefetch_related("letters")
    return (
        [
            {
                "kind": "application",
                "programme": one.programme.name,
                "number": one.number,
                "state": str(words.state(one)[0]),
                "sent": one.sent_at.isoformat() if one.sent_at else None,
                "shop": {"name": one.shop_name, **one.shop} if one.shop_name else None,
                "answers": _labelled(one),
                "to_correct": one.marks,
                "reason": one.reason,
                "appeal": one.appeal,
            }
            for one in applications.order_by("begun_at")
        ]
        + [
            {
                "kind": "admission",
                "programme": one.programme.name,
                "title": one.title,
                "begins": one.begins.isoformat(),
                "ends": one.ends.isoformat() if one.ends else None,
                "state": str(words.term_state(one)[0]),
                "letters": [letter.number for letter in one.letters.all()],
            }
            for one in held.order_by("begins")
        ]
        + [
            {
                "kind": "invitation",
                "programme": one.programme.name,
                "taken_up": one.taken_at.isoformat() if one.taken_at else None,
                "filled_in": inviting.filled_of(one),
            }
            for one in InvitationCode.objects.filter(taken_by=person_id)
            .select_related("programme")
            .order_by("taken_at")
        ]
    )


def _labelled(one: Application) -> dict[str, Any]:
    labels = {field.key: field.label for field in one.version.definition.fields}
    return {labels.get(key, key): value for key, value in answers_of(one).items()}


def files(person_id: UUID) -> list[tuple[str, Callable[[], bytes]]]:
    """The documents and photos that the person sent along."""
    sent = Media.objects.filter(record__in=Application.objects.filter(person_id=person_id).values("pk"))
    return [(f"{one.pk}.{one.type.partition('/')[2]}", partial(_content, one.original)) for one in sent if one.original]


def _content(name: str) -> bytes:
    with stored.open_file(name) as file:
        return file.read()


def erase(ctx: Context, person_id: UUID) -> None:
    """Answers, documents and words go; what somebody holds is given back; that it was there stays, without a name."""
    Invitation.objects.filter(person_id=person_id).delete()
    InvitationCode.objects.filter(taken_by=person_id).update(taken_by=None, filled_cipher=None)
    media.remove(Media.objects.filter(record__in=Application.objects.filter(person_id=person_id).values("pk")))
    mine = Application.objects.filter(person_id=person_id)
    mine.filter(state__in=rules.OPEN).update(state="cancelled", role="", due_at=None, waiting_since=None)
    mine.update(answers_cipher=None, returned_cipher=None, shop_name="", shop={}, marks={}, reason="", appeal="")
    running = Admission.objects.filter(person_id=person_id, state=rules.RUNNING, business=None, organisation=None)
    for pk in list(running.values_list("pk", flat=True)):
        end_of_person(ctx, pk)
    Admission.objects.filter(person_id=person_id).exclude(reason="").update(reason="")


def register_all() -> None:
    """Called when the program starts."""
    data.register("admissions", data.Keeper(_("Applications and appointments"), kept, erase, files))
