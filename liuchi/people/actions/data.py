"""What a person decides about the data kept on them: consent, and erasure."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.outbox.tokens import end_tokens
from liuchi.kernel.records.models import Record
from liuchi.kernel.retention.actions import installation
from liuchi.people import rules
from liuchi.people.actions.living import living
from liuchi.people.consents import PURPOSES
from liuchi.people.data import keepers
from liuchi.people.models import Consent, Login, Person, Post, Role

# An office answers for what it did; where a rider or a resident was is nobody's business after this.
TRACKS_KEPT = timedelta(days=90)
LATECOMERS = timedelta(days=3)
CITIZENS = (Role.RESIDENT, Role.RIDER, Role.OBSERVER)


def give_consent(ctx: Context, person: Person, purpose: str, how: str = "self") -> Consent:
    """Writes down a yes to the present text of a purpose. A yes to the same text stays one yes.

    how: "self", or in which way it was said to a clerk (Registration.How).

    Raises KeyError for a purpose that does not exist, Refused("erased") for who is gone.
    """
    version = PURPOSES[purpose].version
    with transaction.atomic():
        living(person.pk)  # of two yeses at once the second finds the first
        old = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).first()
        if old and old.text_version == version:
            return old
        if old:
            old.withdrawn_at = ctx.at
            old.save(update_fields=["withdrawn_at"])
        given = Consent.objects.create(person=person, purpose=purpose, text_version=version, given_at=ctx.at, how=how)
        journal.write(ctx, person.record, "consent.given", {"purpose": purpose, "version": version, "how": how})
    return given


def withdraw_consent(ctx: Context, person: Person, purpose: str) -> None:
    """Ends a consent. Raises Refused("needed") for what the account can't do without: that ends by erasing it."""
    if PURPOSES[purpose].needed:
        raise Refused("needed", _("Without this there is no account. To end it, erase your data below."), status=409)
    with transaction.atomic():
        changed = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).update(withdrawn_at=ctx.at)
        if changed:
            journal.write(ctx, person.record, "consent.withdrawn", {"purpose": purpose})


def erase_person(ctx: Context, person: Person) -> None:
    """Erases what is kept on a person: values here, in every app that registered a keeper, and in the journal.

    The rows stay, without a name: that a report was made and handled must remain countable. Of somebody who never
    held a post of the office, also who-did-it goes; of former staff the official acts stay tied to a nameless row.
    Raises Refused("in_post") while the person holds a post of the office.
    """
    day = rules.local_day(ctx.at)
    official = [post for post in person.posts.all() if post.role in rules.STAFF_ROLES]
    if any(post.ends is None or post.ends >= day for post in official):
        sentence = _("You still hold a post. Ask the administrator to end it first, then erase your data.")
        raise Refused("in_post", sentence, status=409)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)  # what is being written for them is done first (`living`)
        for keeper in keepers().values():
            keeper.erase(ctx, person.pk)
        person.name = person.pinyin = person.initials = ""
        person.phone_cipher = person.phone_index = person.id_cipher = person.id_index = None
        person.erased_at = ctx.at
        person.save()
        Login.objects.filter(person=person).delete()
        Consent.objects.filter(person=person, withdrawn_at=None).update(withdrawn_at=ctx.at)
        person.posts.filter(ends=None).exclude(role__in=rules.STAFF_ROLES).update(ends=day)
        end_tokens(person.pk)
        nameless = Context(at=ctx.at, recorded_at=ctx.recorded_at, channel=ctx.channel, language=ctx.language)
        journal.write(nameless, person.record, "person.erased", {"former_staff": bool(official)})
        journal.erase_person(nameless, person.record, ties=not official)


def erase_again(ctx: Context) -> int:
    """Runs the keepers once more for who was erased in the last days, where one of them keeps something all the same: what
    was under way at that moment in another room of the house. Returns how many people that concerned."""
    found = 0
    for person in Person.objects.filter(erased_at__gte=ctx.at - LATECOMERS):
        late = [keeper for keeper in keepers().values() if keeper.kept(person.pk)]
        found += bool(late)
        with transaction.atomic():
            for keeper in late:
                keeper.erase(ctx, person.pk)
    return found


def cut_tracks(ctx: Context, before: datetime | None = None) -> int:
    """Takes who it was from what people without an office did over 90 days ago (PIPL art. 19: no longer than needed): the
    reports, visits and thanks stay, the way of one person from one to the next does not. Returns how many ties were cut.
    """
    with transaction.atomic():
        return journal.cut_ties(ctx, installation(ctx), before or ctx.at - TRACKS_KEPT, _offices())


def tracks(before: datetime) -> int:
    """How many ties `cut_tracks` would cut."""
    house = Record.objects.filter(kind="installation").first()
    return len(journal.ties_before(house, before, _offices())[1])


def _offices() -> set[str]:
    return {str(pk) for pk in Post.objects.exclude(role__in=CITIZENS).values_list("pk", flat=True)}
