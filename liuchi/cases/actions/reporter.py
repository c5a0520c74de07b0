"""What the reporter does with a report: add a word, withdraw it, rate the service. By account or by receipt."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases import rules
from liuchi.cases.actions.acting import acting, locked, settled, target_of, turn
from liuchi.cases.actions.clock import stop_clock
from liuchi.cases.actions.parting import end_what_goes_along
from liuchi.cases.models import Case
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.media import actions as media
from liuchi.kernel.outbox.tokens import digest_of

LONGEST_WORDS = 1000


def case_of_receipt(receipt: str) -> UUID:
    """The case that a receipt belongs to. Raises Refused (404)."""
    code = rules.clean_receipt(receipt)
    found = Case.objects.filter(receipt_hash=digest_of(code)).values_list("pk", flat=True).first() if code else None
    if found is None:
        raise Refused("not_found", _("There is no report with this receipt. Compare it letter by letter."), status=404)
    return found


def add(ctx: Context, case_id: UUID, words: str, *, by_receipt: bool = False, pictures: Sequence[UUID] = ()) -> Case:
    """Adds a word to one's own report while it is open. pictures: keys of uploads that go with it."""
    words = _words(words)
    if not words:
        raise Refused("text", _("Write what you want to add."), field="text")
    with transaction.atomic():
        case, ctx = _own(ctx, case_id, by_receipt)
        if case.state not in rules.OPEN | {"merged"}:
            raise Refused(
                "wrong_state", _("This report is closed. If it is not right, please report it again."), status=409
            )
        facts = {"media": [str(one.pk) for one in media.attach(pictures, case.record)]} if pictures else {}
        journal.write(ctx, case.record, "case.added", facts, {"words": words}, about=case.reporter_id)
    return case


def withdraw(ctx: Context, case_id: UUID, words: str = "", *, by_receipt: bool = False) -> Case:
    """Takes one's report back, as long as no unit has it."""
    with transaction.atomic():
        case = locked(case_id)
        if not rules.may_turn("withdraw", case.state):
            _own(ctx, case_id, by_receipt)
            raise Refused(
                "wrong_state",
                _("Somebody is already working on it, so it can't be withdrawn any more. You can add a word instead."),
                status=409,
            )
        ctx = turn(ctx, case, "withdraw", asked=not by_receipt)
        case.closed_at = ctx.at
        stop_clock(case)
        settled(ctx, case, "withdraw", said=_words(words), about=case.reporter_id)
        end_what_goes_along(ctx, case)
    return case


def rate(ctx: Context, case_id: UUID, stars: int, words: str = "", *, by_receipt: bool = False) -> Case:
    """评价: one to five for the service, never for a person. May be changed; the last one counts."""
    if isinstance(stars, bool) or not isinstance(stars, int) or not 1 <= stars <= 5:
        raise Refused("stars", _("Tap one to five stars."), field="stars")
    words = _words(words)
    with transaction.atomic():
        case, ctx = _own(ctx, case_id, by_receipt)
        if case.state != "closed":
            raise Refused("wrong_state", _("You can rate the service once it is closed."), status=409)
        case.stars, case.rating, case.rated_at = stars, words, ctx.at
        case.save(update_fields=["stars", "rating", "rated_at"])
        journal.write(
            ctx,
            case.record,
            "case.rated",
            {"stars": stars},
            {"words": words} if words else None,
            about=case.reporter_id,
        )
    return case


def _own(ctx: Context, case_id: UUID, by_receipt: bool) -> tuple[Case, Context]:
    """The case, if it is the person's own or the receipt was shown."""
    case = locked(case_id)
    if not by_receipt:
        ctx = acting(ctx, "cases.follow", target_of(case))
    return case, ctx


def _words(words: str) -> str:
    words = words.replace("\x00", "").strip()
    if len(words) > LONGEST_WORDS:
        raise Refused(
            "too_long", _("Please say it in at most %(longest)s characters.") % {"longest": LONGEST_WORDS}, field="text"
        )
    return words
