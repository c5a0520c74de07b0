"""The home-coming code (归队码): made and renewed by a branch, scanned by a member, taken back, looked at by the secretary.

A member's own steps stand in the journal without who did them: who did them is what has to stay with the branch.
"""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.people import rules
from liuchi.people.actions.living import living
from liuchi.people.actions.persons import phone_of
from liuchi.people.models import BranchCode, HomeComing, Look, Organisation, Person
from liuchi.people.phones import normal_phone
from liuchi.people.registers.rules import new_code
from liuchi.people.registers.sealed import Entry, empty, opened, person_index, seal


def nameless(ctx: Context) -> Context:
    """The same without who acts: for what a member does as a member."""
    return replace(ctx, person=None, post=None)


def renew_code(ctx: Context, branch: Organisation) -> BranchCode:
    """A new code for a branch; the one before leads nowhere from now on. Raises Refused("kind") for what is no branch."""
    if branch.kind != Organisation.Kind.PARTY_BODY or branch.closed_on:
        raise Refused("kind", _("Only a party branch has a home-coming code."), status=409)
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=branch.pk)  # of two who renew at once the second waits
        BranchCode.objects.filter(organisation=branch, ended_at=None).update(ended_at=ctx.at)
        made = BranchCode.objects.create(organisation=branch, code=new_code(), made_at=ctx.at)
        journal.write(ctx, branch.record, "branch.code_renewed")
    return made


def sign_in(
    ctx: Context,
    code: BranchCode,
    person: Person,
    *,
    name: str,
    phone: str = "",
    home_branch: str = "",
    move: bool = False,
) -> HomeComing:
    """A member signs in to the branch of a code. move: leave the branch that they are signed in to now.

    Raises Refused("code") for an old code, ("name" | "phone"), ("double") for who is signed in here, ("elsewhere") for who
    is signed in to another branch and did not say that they move, ("erased") for who is gone.
    """
    name = " ".join(name.split())[:80]
    if not name:
        raise Refused("name", _("Please enter a name."), field="name")
    normal = normal_phone(phone) if phone.strip() else phone_of(person)
    if normal is None:
        sentence = _("This is not a phone number. Enter 11 digits, or a landline with its area code.")
        raise Refused("phone", sentence, field="phone")
    with transaction.atomic():
        if not BranchCode.objects.select_for_update().filter(pk=code.pk, ended_at=None).exists():
            raise Refused(
                "code", _("This code is no longer in use. Please ask the branch for the new one."), status=409
            )
        living(person.pk)
        before = own_entry(person)
        if before and before.organisation_id == code.organisation_id:
            raise Refused("double", _("You are already signed in here."), status=409)
        if before and not move:
            raise Refused(
                "elsewhere", _("You are signed in to another branch. Say first that you want to move."), status=409
            )
        if before:
            withdraw(ctx, before)
        record = records.create("homecoming", area_id=code.organisation.area_id, secrecy=1)
        entry = HomeComing(record=record, organisation=code.organisation, signed_on=rules.local_day(ctx.at))
        seal(
            entry, person.pk, {"name": name, "phone": normal or "", "home_branch": " ".join(home_branch.split())[:120]}
        )
        try:
            with transaction.atomic():
                entry.save(force_insert=True)
        except IntegrityError as error:  # a second tap, at the same moment
            raise Refused("double", _("You are already signed in here."), status=409) from error
        journal.write(nameless(ctx), record, "homecoming.signed_in", {"branch": str(code.organisation_id)})
    return entry


def withdraw(ctx: Context, entry: HomeComing) -> None:
    """Takes a sign-in back: what was said is gone at once, and so is who looked at it. A second time changes nothing."""
    with transaction.atomic():
        found = HomeComing.objects.select_for_update().select_related("record").get(pk=entry.pk)
        if found.withdrawn_on:
            return
        empty(found)
        found.withdrawn_on = rules.local_day(ctx.at)
        found.save()
        Look.objects.filter(record_id=found.pk, person=None).delete()
        journal.write(nameless(ctx), found.record, "homecoming.withdrawn")


def look(ctx: Context, branch: Organisation) -> list[tuple[HomeComing, dict[str, str]]]:
    """Who signed in to a branch, each with a line in the log of looks. Who may: registers.seeing.leads."""
    with transaction.atomic():
        entries = list(HomeComing.objects.filter(organisation=branch, withdrawn_on=None).order_by("signed_on", "pk"))
        note_looks(ctx, entries, "homecoming.see")
    return [(entry, opened(entry)) for entry in entries]


def note_looks(ctx: Context, entries: Iterable[Entry], duty: str) -> None:
    """A line for each entry that somebody is shown, tied to the entry and not to the person. Call inside a transaction."""
    Look.objects.bulk_create(
        Look(at=ctx.at, by_id=ctx.person, by_post_id=ctx.post, what="member", duty=duty, record_id=entry.pk)
        for entry in entries
    )


def own_entry(person: Person) -> HomeComing | None:
    """Where somebody is signed in now."""
    return entry_of(person.pk)


def entry_of(person_id: UUID) -> HomeComing | None:
    mine = HomeComing.objects.filter(person_index=person_index(HomeComing, person_id), withdrawn_on=None)
    return mine.select_related("organisation", "record").first()
