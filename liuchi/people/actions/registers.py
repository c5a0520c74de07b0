"""Carries out the registers' workbooks: all of it or, with a fault in it, nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel import crypto
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.locks import one_at_a_time
from liuchi.kernel.records import actions as records
from liuchi.people import rules
from liuchi.people.actions.businesses import correct_business, register_business
from liuchi.people.actions.groups import BASE
from liuchi.people.consents import PURPOSES
from liuchi.people.models import Consent, Person, Registration
from liuchi.people.registers.rules import kept_until
from liuchi.people.registers.sheets import shops, workers
from liuchi.people.registers.sheets.columns import SHOPS, WORKERS
from liuchi.people.registers.sheets.meaning import Meanings
from liuchi.people.rules import Scope
from liuchi.people.sheets.reading import read
from liuchi.territory.spelling import spell


@dataclass(frozen=True, slots=True)
class Report:
    """What became of each row: written (row numbers), merged, and the rest with a word on why not; names: of the rows."""

    written: list[int]
    merged: list[int]
    left: list[tuple[int, str]]
    names: Mapping[int, str]


def import_workers(ctx: Context, data: bytes, scope: Scope, means: Meanings | None = None) -> Report:
    """Registers the people of a workbook, each with the yes that the row states. Doubles are left out and named. means:
    what words of the file stand for.

    Raises Refused("faults") if a cell is wrong: then nothing is written.
    """
    with transaction.atomic():
        one_at_a_time("registration")  # a second tap finds everybody written down
        plan = workers.make_plan(read(data, [WORKERS])[WORKERS.key], scope, means)
        _refuse_faults(plan.faults)
        rows = plan.fresh
        people = _persons(ctx, [row for row in rows if row.known is None])
        known = {row.known for row in rows if row.known}
        people.update(Person.objects.select_related("record").in_bulk(known))
        day, version = rules.local_day(ctx.at), PURPOSES[BASE].version
        made, facts = [], []
        entries = records.create_all("registration", [row.area.pk for row in rows if row.area], secrecy=1)
        for row, record in zip(rows, entries, strict=True):
            person = people[row.known or row.line.number]
            made.append(
                Registration(
                    record=record, person=person, trade=row.trade, platform=row.platform, area=row.area, branch=row.branch,
                    vehicle=row.vehicle, how=row.how, registered_on=day, kept_until=kept_until(day),
                )
            )  # fmt: skip
            facts.append({"trade": row.trade, "branch": str(row.branch.pk) if row.branch else None, "how": row.how})
        Registration.objects.bulk_create(made, batch_size=500)
        agreed = set(
            Consent.objects.filter(purpose=BASE, withdrawn_at=None, person__in=known).values_list(
                "person_id", flat=True
            )
        )
        Consent.objects.bulk_create(
            [
                Consent(person=entry.person, purpose=BASE, text_version=version, given_at=ctx.at, how=entry.how)
                for entry in _one_each(made)
                if entry.person_id not in agreed
            ],
            batch_size=500,
        )
        for entry, said in zip(made, facts, strict=True):
            journal.write(ctx, entry.record, "registration.made", said | {"consent": version})
    left = [(row.line.number, row.line.note) for row in plan.doubles]
    return Report([row.line.number for row in rows], [], left, _names(plan.rows))


def import_shops(
    ctx: Context, data: bytes, scope: Scope, chosen: Mapping[str, str], means: Meanings | None = None
) -> Report:
    """Registers the shops of a workbook. chosen: row number -> skip, keep (both) or merge (the row into the shop there);
    means: what words of the file stand for.

    Raises Refused("faults") if a cell is wrong: then nothing is written.
    """
    with transaction.atomic():
        one_at_a_time("business")
        plan = shops.make_plan(read(data, [SHOPS])[SHOPS.key], scope, chosen, means)
        _refuse_faults(plan.faults)
        written, merged, left = [], [], []
        for row in plan.rows:
            if row.double is not None and row.choice == shops.MERGE:
                _merge(ctx, row)
                merged.append(row.line.number)
            elif row.line.word == "new" or (row.double is not None and row.choice == shops.KEEP):
                register_business(
                    ctx, name=row.name, trade=row.trade, area=row.area, address=row.address, office_phone=row.phone,
                    licence=row.licence, chain_link=row.chain_link, consent=row.consent,
                )  # fmt: skip
                written.append(row.line.number)
            else:
                note = row.line.note or _("looks like “%(name)s”, left as it is") % {"name": row.double or ""}
                left.append((row.line.number, note))
    return Report(written, merged, left, _names(plan.rows))


def _names(rows: Iterable[workers.Row | shops.Row]) -> dict[int, str]:
    return {row.line.number: row.name for row in rows}


def _merge(ctx: Context, row: shops.Row) -> None:
    """The row fills what the shop of the register lacks; what stands there stays."""
    shop = row.double
    assert shop is not None
    correct_business(
        ctx, shop, name=shop.name, trade=shop.trade, area=shop.area, address=shop.address or row.address, lon=shop.lon,
        lat=shop.lat, place=shop.place, keeper=shop.keeper, office_phone=shop.office_phone or row.phone,
        licence=shop.licence or row.licence, chain_link=shop.chain_link or row.chain_link,
        organisation=shop.organisation, consent=bool(shop.consent_at) or row.consent,
    )  # fmt: skip


def _persons(ctx: Context, rows: list[workers.Row]) -> dict[object, Person]:
    """Somebody new for each row, by row number: the same as register_person, in few trips. Two rows of one phone and name
    (in two trades) are one person."""
    first: dict[object, workers.Row] = {}
    for row in rows:
        first.setdefault(_who(row), row)
    kept = records.create_all("person", [row.area.pk if row.area else None for row in first.values()], secrecy=1)
    made: dict[object, Person] = {}
    for (who, row), record in zip(first.items(), kept, strict=True):
        pinyin, initials = spell(row.name)
        person = Person(record=record, name=row.name, pinyin=pinyin[:200], initials=initials[:40])
        if row.phone:
            person.phone_cipher = crypto.encrypt(row.phone, f"person.phone:{person.pk}")
            person.phone_index, person.phone_checked_at = row.index, ctx.at
        made[who] = person
    Person.objects.bulk_create(made.values(), batch_size=500)
    for person in made.values():
        facts = {"phone": person.phone_index is not None, "id_number": False, "language": person.language}
        journal.write(ctx, person.record, "person.registered", facts, {"name": person.name}, about=person.pk)
    return {row.line.number: made[_who(row)] for row in rows}


def _who(row: workers.Row) -> object:
    return (row.index, row.name) if row.index else row.line.number


def _one_each(entries: Iterable[Registration]) -> Iterable[Registration]:
    """One entry for each person: somebody may stand in two trades of one workbook."""
    return {entry.person_id: entry for entry in entries}.values()


def _refuse_faults(faults: int) -> None:
    if faults:
        sentence = _("%(n)s cells need a look first. Nothing was written.") % {"n": faults}
        raise Refused("faults", sentence, field="file")
