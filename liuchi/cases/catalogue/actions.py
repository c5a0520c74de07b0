"""Writes of the catalogue: import, edit as a draft, publish, and name the unit of a place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases.catalogue import rules
from liuchi.cases.catalogue.files import DATA, Joined, MatterRow, joined
from liuchi.cases.models.matter import FilingCondition, Matter, Routing, UnitRole
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.people.models import Organisation
from liuchi.territory.models import Area
from liuchi.territory.spelling import spell

NAME_MAX, TEXT_MAX, CLOSING_MAX = 60, 500, 120


@dataclass(slots=True)
class Imported:
    """What an import found and did."""

    joined: Joined
    matters_new: int = 0
    matters_changed: int = 0
    conditions_new: int = 0
    conditions_changed: int = 0
    conditions_same: int = 0
    conditions_kept: int = 0  # differ from the file, because the office changed them

    def as_dict(self) -> dict:
        """For ``--json``: counts, and the mapping row by row."""
        how: dict[str, int] = {}
        for row in self.joined.matched:
            how[row["how"]] = how.get(row["how"], 0) + 1
        rule_names = {(r["rule_kind"], r["rule_major_code"], r["rule_minor_code"]) for r in self.joined.matched}
        return {
            "matters": {"read": len(self.joined.matters), "new": self.matters_new, "changed": self.matters_changed},
            "conditions": {
                "read": len(self.joined.rules) + self.joined.merged_away,
                "said_twice": self.joined.merged_away,
                "new": self.conditions_new,
                "changed": self.conditions_changed,
                "same": self.conditions_same,
                "kept": self.conditions_kept,
            },
            "rules_matched": len(rule_names),
            "rules_unmatched": len(self.joined.unmatched),
            "how": dict(sorted(how.items())),
            "matched": self.joined.matched,
            "unmatched": self.joined.unmatched,
        }


def import_catalogue(ctx: Context, folder: Path = DATA) -> Imported:
    """Brings the catalogue up to the data files; may be repeated.

    What is new to the catalogue counts from the beginning (cases older than the installation are filed under it); a
    changed limit counts from ``ctx.at``, so for new dispatches only. What the office changed itself is kept.
    Raises ValueError where the files contradict each other.
    """
    files = joined(folder)
    done = Imported(files)
    with transaction.atomic():
        stored = {(each.kind, each.code): each for each in Matter.objects.select_related("record")}
        for row in sorted(files.matters, key=lambda each: each.kind):  # components before their faults
            _import_matter(ctx, row, stored, done)
        _import_conditions(ctx, stored, done)
    return done


def _import_matter(ctx: Context, row: MatterRow, stored: dict[tuple[str, str], Matter], done: Imported) -> None:
    key = (row.kind, row.code)
    matter = stored.get(key)
    names = {"major": row.major, "major_en": row.major_en, "name": row.name, "name_en": row.name_en}
    if matter is None:
        component = stored.get(("component", row.code)) if row.kind == "event" else None
        record = records.create("matter")
        pinyin, initials = _spelled(row.name)
        matter = Matter(
            record=record,
            kind=row.kind,
            code=row.code,
            source=row.source,
            component=component,
            pinyin=pinyin,
            initials=initials,
            valid_from=rules.BEGINNING,
            **names,
        )
        matter.save(force_insert=True)
        journal.write(ctx, record, "matter.added", {"kind": row.kind, "code": row.code, "source": row.source})
        stored[key] = matter
        done.matters_new += 1
    elif any(getattr(matter, field) != value for field, value in names.items()):
        for field, value in names.items():
            setattr(matter, field, value)
        matter.pinyin, matter.initials = _spelled(matter.name)
        matter.save()
        journal.write(ctx, matter.record, "matter.renamed", {"code": row.code})
        done.matters_changed += 1


def _import_conditions(ctx: Context, stored: dict[tuple[str, str], Matter], done: Imported) -> None:
    # The last word on each sentence: the row in force, or one the office ended.
    last: dict[tuple[object, str], FilingCondition] = {}
    for each in FilingCondition.objects.exclude(valid_from=None).order_by("valid_from", "id"):
        last[(each.matter_id, each.text)] = each
    new: list[FilingCondition] = []
    touched: dict[tuple[str, str], list[dict]] = {}
    for position, rule in enumerate(done.joined.rules):
        matter = stored[(rule.kind, rule.code)]
        before = last.get((matter.pk, rule.text))
        verdict = rules.decide(rule, _standing(before) if before else None)
        if verdict in ("same", "kept"):
            done.conditions_same += verdict == "same"
            done.conditions_kept += verdict == "kept"
            continue
        if before:
            before.valid_until = ctx.at
            before.save(update_fields=["valid_until"])
        new.append(
            FilingCondition(
                matter=matter,
                text=rule.text,
                closing=rule.closing,
                limit_value=rule.limit_value,
                limit_type=rule.limit_type,
                unit_role=rule.unit_role,
                co_roles=rule.co_roles,
                basis=rule.basis,
                source=rule.source,
                position=position,
                valid_from=ctx.at if before else rules.BEGINNING,
                replaces=before,
            )
        )
        done.conditions_new += verdict == "new"
        done.conditions_changed += verdict == "changed"
        touched.setdefault((rule.kind, rule.code), []).append(
            {"value": rule.limit_value, "type": rule.limit_type, "role": rule.unit_role}
        )
    FilingCondition.objects.bulk_create(new, batch_size=200)
    for key, limits in touched.items():
        journal.write(ctx, stored[key].record, "matter.conditions", {"code": key[1], "limits": limits})


def _standing(condition: FilingCondition) -> rules.Standing:
    return rules.Standing(
        limit_value=condition.limit_value,
        limit_type=condition.limit_type,
        closing=condition.closing,
        unit_role=condition.unit_role,
        co_roles=condition.co_roles,
        basis=condition.basis,
        edited=condition.source == "office" or condition.valid_until is not None,
    )


def edit_condition(
    ctx: Context,
    condition: FilingCondition,
    *,
    text: str,
    closing: str,
    limit_value: int,
    limit_type: str,
    unit_role: str,
    co_roles: str = "",
    basis: str = "",
) -> FilingCondition:
    """Changes a condition. A draft is changed in place; of one in force a draft is made that replaces it once published.

    Raises Refused("text" | "closing" | "limit_value" | "limit_type" | "unit_role" | "past").
    """
    values = _checked(text, closing, limit_value, limit_type, unit_role, co_roles, basis)
    with transaction.atomic():
        if condition.valid_until:
            raise Refused("past", _("This condition no longer counts. Please edit the one that replaced it."))
        draft = condition
        if condition.valid_from:
            draft = FilingCondition.objects.filter(replaces=condition).first() or FilingCondition(
                matter=condition.matter, replaces=condition, position=condition.position
            )
        for field, value in values.items():
            setattr(draft, field, value)
        draft.source = "office"
        draft.save()
        _tell(ctx, draft, "matter.drafted")
    return draft


def add_condition(
    ctx: Context,
    matter: Matter,
    *,
    text: str,
    closing: str,
    limit_value: int,
    limit_type: str,
    unit_role: str,
    co_roles: str = "",
    basis: str = "",
) -> FilingCondition:
    """A new condition of a matter, as a draft. Raises as ``edit_condition``."""
    values = _checked(text, closing, limit_value, limit_type, unit_role, co_roles, basis)
    with transaction.atomic():
        draft = FilingCondition(matter=matter, source="office", position=9999, **values)
        draft.save()
        _tell(ctx, draft, "matter.drafted")
    return draft


def drop_draft(ctx: Context, condition: FilingCondition) -> None:
    """Throws a draft away. Raises Refused("published") for a condition that counts or counted."""
    if condition.valid_from:
        raise Refused("published", _("This condition is published. It can be replaced, but not deleted."))
    with transaction.atomic():
        _tell(ctx, condition, "matter.draft_dropped")
        condition.delete()


def add_matter(ctx: Context, *, major: str, name: str, name_en: str = "") -> Matter:
    """A local addition to a major class of the events, as a draft; its code counts down from 99.

    Raises Refused("name" | "major" | "double" | "full").
    """
    name, name_en = name.strip(), name_en.strip()
    if not 2 <= len(name) <= NAME_MAX:
        raise Refused("name", _("A name has 2 to %(most)d characters.") % {"most": NAME_MAX}, field="name")
    with transaction.atomic():
        kin = list(Matter.objects.filter(code__startswith=major).order_by("kind", "code")) if len(major) == 2 else []
        namesake = next((each for each in kin if each.kind == "event"), None)
        if namesake is None:
            raise Refused("major", _("Please choose a class from the list."), field="major")
        if any(each.name == name for each in kin):
            raise Refused("double", _("This class already has a matter with this name."), field="name")
        try:
            code = rules.next_local_code(major, {each.code for each in kin})
        except ValueError:
            raise Refused(
                "full", _("This class has no free code left. Please choose another class."), field="major"
            ) from None
        record = records.create("matter")
        pinyin, initials = _spelled(name)
        matter = Matter(
            record=record,
            kind="event",
            code=code,
            major=namesake.major,
            major_en=namesake.major_en,
            name=name,
            name_en=name_en[:120],
            source="local",
            pinyin=pinyin,
            initials=initials,
        )
        matter.save(force_insert=True)
        journal.write(ctx, record, "matter.added", {"kind": "event", "code": code, "source": "local"})
    return matter


def publish(ctx: Context) -> int:
    """Lets every draft count from ``ctx.at`` on: for new dispatches, not for work already given out. Returns how many.

    Raises Refused("bare") for a new matter without a condition, because nobody could say by when it must be done.
    """
    with transaction.atomic():
        for matter in Matter.objects.filter(valid_from=None).select_related("record"):
            if not matter.conditions.exists():
                sentence = _("“%(name)s” has no condition yet. Add one, then publish.") % {"name": matter.name}
                raise Refused("bare", sentence)
            matter.valid_from = ctx.at
            matter.save(update_fields=["valid_from"])
        published = 0
        for draft in FilingCondition.objects.filter(valid_from=None).select_related("matter__record", "replaces"):
            if draft.replaces:
                draft.replaces.valid_until = ctx.at
                draft.replaces.save(update_fields=["valid_until"])
            draft.valid_from = ctx.at
            draft.save(update_fields=["valid_from"])
            _tell(ctx, draft, "matter.published")
            published += 1
    return published


def route(ctx: Context, *, unit_role: str, area: Area, organisation: Organisation | None) -> None:
    """Names the organisation that does the work of a role in an area, or takes the name back with None.

    Raises Refused("unit_role" | "closed").
    """
    if unit_role not in UnitRole.values:
        raise Refused("unit_role", _("Please choose a kind of unit from the list."), field="unit_role")
    if organisation is not None and organisation.closed_on:
        raise Refused("closed", _("This unit is closed. Please choose another one."), field="organisation")
    with transaction.atomic():
        before = Routing.objects.filter(unit_role=unit_role, area=area).select_related("organisation__record").first()
        if organisation is None:
            if before:
                before.delete()
                _tell_routing(ctx, before.organisation, "routing.ended", unit_role, area)
            return
        if before and before.organisation_id == organisation.pk:
            return
        Routing.objects.update_or_create(unit_role=unit_role, area=area, defaults={"organisation": organisation})
        _tell_routing(ctx, organisation, "routing.set", unit_role, area)


def _spelled(name: str) -> tuple[str, str]:
    pinyin, initials = spell(name)
    return pinyin[:200], initials[:60]


def _tell_routing(ctx: Context, organisation: Organisation, verb: str, unit_role: str, area: Area) -> None:
    journal.write(ctx, organisation.record, verb, {"role": unit_role, "area": area.pk})


def _tell(ctx: Context, condition: FilingCondition, verb: str) -> None:
    facts = {
        "condition": condition.pk,
        "replaces": condition.replaces_id,
        "value": condition.limit_value,
        "type": condition.limit_type,
        "role": condition.unit_role,
    }
    condition.matter.record.refresh_from_db(fields=["version"])  # several drafts of one matter are told one by one
    journal.write(ctx, condition.matter.record, verb, facts)


def _checked(
    text: str, closing: str, limit_value: int, limit_type: str, unit_role: str, co_roles: str, basis: str
) -> dict[str, object]:
    text, closing = text.strip(), closing.strip()
    if not 2 <= len(text) <= TEXT_MAX:
        raise Refused(
            "text", _("Please say when it is filed, in 2 to %(most)d characters.") % {"most": TEXT_MAX}, field="text"
        )
    if not 1 <= len(closing) <= CLOSING_MAX:
        raise Refused("closing", _("Please say when it counts as done."), field="closing")
    if limit_type not in rules.LIMIT_TYPES:
        raise Refused("limit_type", _("Please choose a clock from the list."), field="limit_type")
    if not 1 <= limit_value <= rules.LONGEST[limit_type]:
        sentence = _("The limit is a whole number from 1 to %(most)d.") % {"most": rules.LONGEST[limit_type]}
        raise Refused("limit_value", sentence, field="limit_value")
    helpers = [role for role in dict.fromkeys(co_roles.split()) if role != unit_role]
    if any(role not in UnitRole.values for role in [unit_role, *helpers]):
        raise Refused("unit_role", _("Please choose a kind of unit from the list."), field="unit_role")
    return {
        "text": text,
        "closing": closing,
        "limit_value": limit_value,
        "limit_type": limit_type,
        "unit_role": unit_role,
        "co_roles": " ".join(helpers),
        "basis": basis.strip()[:120],
    }
