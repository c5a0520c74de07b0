"""Every write around sheets of orders: keeping what columns mean, beginning an import, and carrying it out batch by batch."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from liuchi.cases.actions.report import Said, report
from liuchi.cases.models import Case, Matter, OrderImport, OrderRow, OrderSheet
from liuchi.cases.orders import rules
from liuchi.cases.orders.reading import sheet_of
from liuchi.cases.orders.rules import Order
from liuchi.kernel import encrypted_files
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.worktime import queries as worktime
from liuchi.kernel.worktime import rules as clocks
from liuchi.people.acting import acting
from liuchi.people.phones import normal_phone
from liuchi.territory import queries as territory
from liuchi.territory.models import Area

ABILITY = "cases.dispatch"
BATCH = 50  # rows a transaction: a long one would keep everybody else from writing
BATCHES = 4  # at once: then other work has its turn
KEPT_DAYS = 7


def folder() -> Path:
    """Where files lie, encrypted, until their result is no longer needed."""
    return Path(settings.VAR) / "orders"


def keep_sheet(
    ctx: Context, name: str, source: str, columns: Mapping[str, str], words: Mapping[str, Mapping[str, str]], pk: int | None = None
) -> OrderSheet:  # fmt: skip
    """Keeps what columns and words mean under a name, in place of what it meant before. Raises Refused."""
    ctx = acting(ctx, ABILITY)
    name, source = " ".join(name.split())[:40], source.strip().lower()
    if not name:
        raise Refused("name", _("Give it a name, so that you find it again."), field="name")
    if not re.fullmatch(r"[a-z0-9_-]{1,24}", source):
        raise Refused("source", _("Small letters and digits, such as 12345; at most 24."), field="source")
    _check(columns)
    with transaction.atomic():
        held = OrderSheet.objects.select_for_update().filter(pk=pk).first() if pk else None
        same = OrderSheet.objects.select_for_update().filter(name=name).exclude(pk=pk or 0).first()
        if held is not None and same is not None:
            raise Refused("name", _("There is one of this name already."), field="name")
        held = held or same or OrderSheet(name=name)
        held.name, held.source = name, source
        held.columns, held.words = dict(columns), {field: dict(said) for field, said in words.items()}
        held.used_at = ctx.recorded_at
        held.save()
    return held


def _check(columns: Mapping[str, str]) -> None:
    if any(not columns.get(name) for name in rules.NEEDED):
        raise Refused("columns", _("Say which column holds the number, and which the words."), field="columns")
    heads = [rules.plain(head) for head in columns.values() if head]
    if len(heads) != len(set(heads)):
        raise Refused("columns", _("One column is chosen for two things."), field="columns")


def drop_sheet(ctx: Context, pk: int) -> None:
    """Forgets a mapping; what was imported by it stays."""
    acting(ctx, ABILITY)
    OrderSheet.objects.filter(pk=pk).delete()


def begin(
    ctx: Context, data: bytes, file: str, source: str, columns: Mapping[str, str], words: Mapping[str, Mapping[str, str]]
) -> OrderImport:  # fmt: skip
    """Puts a file on its way; the worker takes it in. Raises Refused."""
    from liuchi.cases.orders.tasks import take_in

    ctx = acting(ctx, ABILITY)
    _check(columns)
    orders = sheet_of(data).orders(columns, ctx.recorded_at)
    if not orders:
        raise Refused("workbook", _("There is no row below the heads."), field="file")
    made = OrderImport(
        person_id=ctx.person, name=file[:120], source=source, columns=dict(columns),
        words={field: dict(said) for field, said in words.items()}, total=len(orders), made_at=ctx.recorded_at,
        kept_until=ctx.recorded_at + timedelta(days=KEPT_DAYS),
    )  # fmt: skip
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    encrypted_files.write_encrypted(folder() / made.pk.hex, data)
    with transaction.atomic():
        made.save(force_insert=True)
        take_in.enqueue(str(made.pk))
    return made


def file_of(of: OrderImport) -> bytes | None:
    """The file as it was given, while it is kept."""
    path = folder() / of.pk.hex
    if not path.exists():
        return None
    with encrypted_files.open_encrypted(path) as file:
        return file.read()


def carry_on(ctx: Context, pk: UUID) -> bool:
    """Takes the next rows in, in one transaction with how far it is, so that a worker that is killed goes on where it was.
    True while there is more."""
    of = OrderImport.objects.filter(pk=pk, state=OrderImport.State.WAITING).first()
    if of is None:
        return False
    data = file_of(of)
    if data is None:
        OrderImport.objects.filter(pk=pk).update(state=OrderImport.State.STUCK)
        return False
    known = _Known(of)
    ctx = replace(ctx, person=of.person_id, channel="hotline", at=of.made_at, recorded_at=of.made_at)
    orders = sheet_of(data).orders(of.columns, of.made_at)
    for _batch in range(BATCHES):
        if of.done >= len(orders):
            break
        with transaction.atomic():
            held = OrderImport.objects.select_for_update().get(pk=pk)
            batch = orders[held.done : held.done + BATCH]
            keys = [order.key for order in batch if not order.why]
            there = dict(Case.objects.filter(source=of.source, source_key__in=keys).values_list("source_key", "pk"))
            rows = [_take(ctx, of, order, known, there) for order in batch]
            OrderRow.objects.bulk_create(rows)
            held.done += len(batch)
            held.save(update_fields=["done"])
            of = held
    if of.done < len(orders):
        return True
    OrderImport.objects.filter(pk=pk).update(state=OrderImport.State.DONE)
    return False


class _Known:
    """What the words of an import mean here: ids of matters and areas."""

    def __init__(self, of: OrderImport) -> None:
        offered = (
            Matter.objects.filter(kind="event").exclude(valid_from=None)
            if "matter" in of.columns
            else Matter.objects.none()
        )
        found = list(offered.values_list("code", "name", "pk"))
        self.matters = {code: pk for code, _name, pk in found}
        self.by_name = {name: pk for _code, name, pk in found}
        self.words = of.words.get("matter", {})
        self.areas = areas_named(of.words.get("area", {}))
        root = territory.root()
        self.near = (root.lon, root.lat) if root and root.lon is not None and root.lat is not None else None

    def matter(self, word: str) -> UUID | None:
        return self.matters.get(self.words.get(word, "")) or self.by_name.get(word)


def areas_named(words: Mapping[str, str]) -> dict[str, Area]:
    """What a sheet calls an area -> the area: by the kept words (code), else by its name."""
    valid = {area.code: area for area in territory.tree()}
    named = {area.name: area for area in reversed(list(valid.values()))}
    return named | {word: valid[code] for word, code in words.items() if code in valid}


def _take(ctx: Context, of: OrderImport, order: Order, known: _Known, there: dict[str, UUID]) -> OrderRow:
    row = OrderRow(of=of, number=order.number, word=order.why)
    if order.why:
        return row
    if order.key in there:
        row.word, row.case_id = "there", there[order.key]
        return row
    try:
        with transaction.atomic():
            case = _report(ctx, of, order, known)
    except Refused:
        row.word = "refused"
    except IntegrityError:  # somebody else took the same order in at this moment
        row.word = "there"
        row.case = Case.objects.filter(source=of.source, source_key=order.key).first()
    else:
        row.word, row.case, there[order.key] = "new", case, case.pk
    return row


def _report(ctx: Context, of: OrderImport, order: Order, known: _Known) -> Case:
    places = territory.places_named(order.place or order.text, known.near, 1)
    said = Said(
        text=order.text,
        place_source="search" if places else "words",
        place_id=places[0].pk if places else None,
        place_words=order.place or (places[0].label if places else ""),
        phone=order.phone if normal_phone(order.phone) else "",
        matter_id=known.matter(order.matter) if order.matter else None,
        area=known.areas.get(order.area),
        source=of.source,
        source_key=order.key,
    )
    at = order.reported or of.made_at
    case = report(ctx.happened(at), said).case
    if due := due_at(order, at):
        keep_due(ctx, case, due)
    return case


def due_at(order: Order, at: datetime) -> datetime | None:
    """Until when the order is due: as the sheet says, or so long after it was said."""
    if isinstance(order.due, datetime):
        return order.due
    if not order.due:
        return None
    value, clock = order.due.split()
    return clocks.deadline(at, float(value), clock, worktime.current())  # type: ignore[arg-type]


def keep_due(ctx: Context, case: Case, due: datetime) -> None:
    """The other office's deadline becomes the case's; the desk's own step ends no later. Call it in the transaction of the
    report."""
    case.due_at = due
    fields = ["due_at"]
    if case.step_due is not None and due < case.step_due:
        case.step_due = due
        fields.append("step_due")
    case.save(update_fields=fields)
    facts: dict[str, Any] = {"state": case.state, "due": due.astimezone(UTC).isoformat()}
    journal.write(ctx, case.record, "case.taken_over", facts)


def sweep(at: datetime) -> None:
    """Deletes files whose time is over: they hold names and phones. For the worker's tick."""
    over = list(OrderImport.objects.filter(kept_until__lt=at).values_list("pk", flat=True)[:200])
    for pk in over:
        (folder() / pk.hex).unlink(missing_ok=True)
    old = at - timedelta(days=365)
    OrderImport.objects.filter(made_at__lt=old).delete()
