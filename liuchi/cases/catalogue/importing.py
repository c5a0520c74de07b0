"""Brings the catalogue up to its data files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from liuchi.cases.catalogue import rules
from liuchi.cases.catalogue.files import DATA, Joined, MatterRow, joined
from liuchi.cases.models.matter import FilingCondition, Matter
from liuchi.kernel.context import Context
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.territory.spelling import spell


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
        pinyin, initials = spelled(row.name)
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
        matter.pinyin, matter.initials = spelled(matter.name)
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


def spelled(name: str) -> tuple[str, str]:
    """Pinyin and initials of a matter's name, as long as their columns."""
    pinyin, initials = spell(name)
    return pinyin[:200], initials[:60]
