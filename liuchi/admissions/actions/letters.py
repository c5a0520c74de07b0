"""Letters: issued with a number and a code, replaced, printed."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F

from liuchi.admissions import rules
from liuchi.admissions.models import Admission, Letter, Programme
from liuchi.kernel import crypto
from liuchi.kernel.context import Context
from liuchi.kernel.journal import actions as journal
from liuchi.people.rules import local_day


def issue(ctx: Context, programme: Programme, admission: Admission, *, begins: date | None = None) -> Letter:
    """A letter for the admission's term; the one before it is replaced. Call with the programme locked: its letters are
    numbered one after the other, from 1 each year."""
    today = local_day(ctx.at)
    mark = admission.version.definition.letter_mark
    if programme.number_year != today.year:
        programme.number_year, programme.numbered = today.year, 0
    programme.numbered += 1
    programme.save(update_fields=["number_year", "numbered"])
    admission.letters.update(replaced=True)
    code = rules.new_code()
    letter = Letter(
        admission=admission,
        number=rules.letter_number(mark, today.year, programme.numbered),
        code_cipher=crypto.encrypt(code, _bound(admission)),
        code_index=crypto.blind_index("letter", code),
        begins=begins or admission.begins,
        ends=admission.ends,
        issued_on=today,
    )
    letter.save(force_insert=True)
    journal.write(ctx, admission.record, "letter.issued", {"letter": letter.pk, "number": letter.number})
    return letter


def code_of(letter: Letter) -> str:
    """The code in clear, to be printed or shown to the holder."""
    return crypto.decrypt(letter.code_cipher, _bound(letter.admission))


def note_printed(ctx: Context, letters: Iterable[Letter]) -> None:
    """Writes down that letters were printed at the desk."""
    with transaction.atomic():
        for letter in letters:
            Letter.objects.filter(pk=letter.pk).update(printed=F("printed") + 1)
            journal.write(ctx, letter.admission.record, "letter.printed", {"letter": letter.pk})


def _bound(admission: Admission) -> str:
    return f"admissions.letter:{admission.pk}"
