"""What a counter does, as data."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.places.actions.acting import acting
from liuchi.places.counter.models import Counter, Matter
from liuchi.places.counter.shared import locked


@dataclass(slots=True)
class Said:
    """What somebody says of a service of the counter."""

    name: str
    group: str = ""
    for_whom: str = ""
    bring: list[str] = field(default_factory=list)
    for_others: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    takes: str = ""
    fee: str = ""
    help: str = ""
    at_home: bool = False
    minutes: int = 10
    closed: bool = False


def set_matter(ctx: Context, counter: Counter, said: Said, matter: Matter | None = None) -> Matter:
    """Enters or changes a service. Raises Refused("name" | "double")."""
    said.name = " ".join(said.name.split())[:60]
    if not said.name:
        raise Refused("name", _("Please enter a name."), field="name")
    with transaction.atomic():
        counter = locked(counter.pk)
        ctx = acting(ctx, "counter.edit", counter)
        same = Matter.objects.filter(counter=counter, name=said.name)
        if (same.exclude(pk=matter.pk) if matter else same).exists():
            raise Refused("double", _("There is already a service of this name."), field="name", status=409)
        matter = matter or Matter(counter=counter)
        for name in Said.__dataclass_fields__:
            value = getattr(said, name)
            if isinstance(value, list):
                value = [line.strip()[:120] for line in value if line.strip()]
            setattr(matter, name, value)
        matter.save()
        journal.write(ctx, counter.record, "counter.service_set", {"service": matter.pk})
    return matter
