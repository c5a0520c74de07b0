"""Persons: registered, corrected, and a phone number shown."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel import crypto
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.people import rules
from liuchi.people.actions.logins import refuse_taken_phone
from liuchi.people.models import Look, Person
from liuchi.people.phones import normal_phone
from liuchi.territory.spelling import spell

NAME_MAX = 80


def register_person(
    ctx: Context,
    *,
    name: str,
    phone: str = "",
    id_number: str = "",
    language: str = "zh-hans",
    area_id: int | None = None,
    phone_checked: bool = True,
) -> Person:
    """Writes down a person. A phone may be shared by several (a shop, a family); a login's phone may not.
    phone_checked: an officer writes it down, who has it from the person; not so where somebody signs up alone.

    Raises Refused("name" | "phone" | "id_number").
    """
    name = _checked_name(name)
    pinyin, initials = spell(name)
    with transaction.atomic():
        record = records.create("person", area_id=area_id, secrecy=1)
        person = Person(record=record, name=name, language=language, pinyin=pinyin, initials=initials)
        _set_phone(person, phone)
        person.phone_checked_at = ctx.at if phone_checked and person.phone_index else None
        _set_id_number(person, id_number)
        person.save(force_insert=True)
        facts = {"phone": bool(phone), "id_number": bool(id_number), "language": language}
        journal.write(ctx, person.record, "person.registered", facts, {"name": name}, about=person.pk)
    return person


def correct_person(
    ctx: Context,
    person: Person,
    *,
    name: str | None = None,
    phone: str | None = None,
    language: str | None = None,
    expect: int | None = None,
) -> Person:
    """Corrects what is given; an empty phone removes it. The journal says which values changed, and never the number.

    Raises Refused("name" | "phone" | "phone_taken" | "changed").
    """
    changed = []
    if name is not None and name.strip() != person.name:
        person.name = _checked_name(name)
        person.pinyin, person.initials = spell(person.name)
        changed.append("name")
    if phone is not None:
        before = bytes(person.phone_index or b"")
        _set_phone(person, phone)
        if bytes(person.phone_index or b"") != before:
            if hasattr(person, "login"):
                refuse_taken_phone(person)
            changed.append("phone")
            person.phone_checked_at = ctx.at if person.phone_index and ctx.person != person.pk else None
    if language is not None and language != person.language:
        person.language = language
        changed.append("language")
    if not changed:
        return person
    with transaction.atomic():
        person.save()
        personal = {"name": person.name} if "name" in changed else None
        journal.write(
            ctx, person.record, "person.corrected", {"changed": changed}, personal, about=person.pk, expect=expect
        )
    return person


def check_phone(ctx: Context, person: Person) -> None:
    """An officer has seen that the number is this person's (核对本人和号码): from now on what is written down under the name
    and number belongs to this account. A second time changes nothing. Raises Refused("own") for one's own number."""
    if ctx.person == person.pk:
        raise Refused("own", _("Nobody checks their own number. Please ask a colleague."), status=403)
    with transaction.atomic():
        found = Person.objects.select_for_update().get(pk=person.pk)
        if found.phone_index and found.phone_checked_at is None:
            found.phone_checked_at = ctx.at
            found.save(update_fields=["phone_checked_at"])
            journal.write(ctx, found.record, "person.phone_checked", about=found.pk)


def show_phone(ctx: Context, person: Person, *, duty: str, record_id: UUID | None = None) -> str:
    """The phone number in clear, with one line in the log of looks. Empty if none is kept.

    duty: the ability under which it is shown; record_id: the record in whose course it happens.
    """
    if not person.phone_cipher:
        return ""
    with transaction.atomic():
        note_look(ctx, person, duty=duty, record_id=record_id)
        return phone_of(person)


def note_look(
    ctx: Context,
    person: Person | None,
    *,
    duty: str,
    record_id: UUID | None = None,
    what: str = "phone",
    once_since: datetime | None = None,
) -> None:
    """One line in the log of looks, which the person reads: somebody was shown a number of theirs, kept here or left with
    a record, or something else (`what`). person: None for somebody nobody knows: then the record says whose it is. once_since: no second line of the same for who looked since then, so that reading
    is one line a day and not one a click. Call inside the transaction of the look."""
    if person and ctx.person == person.pk:
        return
    before = Look.objects.filter(person=person, by=ctx.person, record_id=record_id, what=what)
    if once_since is None or not before.filter(at__gte=once_since).exists():
        Look.objects.create(
            at=ctx.at,
            person=person,
            by_id=ctx.person,
            by_post_id=ctx.post,
            what=what,
            duty=duty,
            record_id=record_id,
        )


def phone_of(person: Person) -> str:
    """The decrypted number, without a line in the log: for the person's own eyes and for what the program sends."""
    return crypto.decrypt(person.phone_cipher, f"person.phone:{person.pk}") if person.phone_cipher else ""


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused("name", _("Please enter a name."), field="name")
    if len(name) > NAME_MAX:
        raise Refused("name", _("This name is too long: at most %(n)s characters.") % {"n": NAME_MAX}, field="name")
    return name


def _set_phone(person: Person, phone: str) -> None:
    if not phone.strip():
        person.phone_cipher = person.phone_index = None
        return
    normal = normal_phone(phone)
    if normal is None:
        sentence = _("This is not a phone number. Enter 11 digits, or a landline with its area code.")
        raise Refused("phone", sentence, field="phone")
    person.phone_cipher = crypto.encrypt(normal, f"person.phone:{person.pk}")
    person.phone_index = crypto.blind_index("phone", normal)


def _set_id_number(person: Person, id_number: str) -> None:
    if not id_number.strip():
        return
    normal = crypto.normal_id_number(id_number)
    if not rules.is_id_number(normal):
        sentence = _("This identity number has a wrong digit. Please compare it with the card.")
        raise Refused("id_number", sentence, field="id_number")
    person.id_cipher = crypto.encrypt(normal, f"person.id_number:{person.pk}")
    person.id_index = crypto.blind_index("id", normal)
