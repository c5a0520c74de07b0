"""What the worker does after a report is in: words for its point, a suggested matter, the words put into the search."""

from uuid import UUID

from django.db import transaction
from django_tasks import task

from liuchi.cases.actions.placing import place_from_photo
from liuchi.cases.actions.urgency import mark_urgent
from liuchi.cases.models import Case
from liuchi.cases.suggest.queries import suggest
from liuchi.kernel import context
from liuchi.kernel.search import actions as search
from liuchi.territory import queries as territory
from liuchi.territory.spelling import spell

SUGGESTIONS = 3
LONGEST_PLACE = 120


@task()
def prepare(case_id: str) -> None:
    """Makes one case ready for the desk. Twice does no harm."""
    place_from_photo(context.system(), UUID(case_id))
    case = Case.objects.select_related("area").get(pk=UUID(case_id))
    found = suggest(case.masked)[:SUGGESTIONS]
    suggestions = [
        {"matter": str(one.matter.pk), "share": round(one.share, 4), "because": list(one.because)} for one in found
    ]
    if not case.place_words and case.lon is not None and case.lat is not None:
        case.place_words = territory.address_at(case.lon, case.lat)[:LONGEST_PLACE]
    with transaction.atomic():
        if found:
            mark_urgent(context.system(), case.pk, found[0].matter, found[0].share)
        Case.objects.filter(pk=case.pk).update(suggestions=suggestions)
        Case.objects.filter(pk=case.pk, place_words="").update(place_words=case.place_words)
        search.index(
            "case",
            str(case.pk),
            "\n".join(
                (case.masked, case.place_words, case.number, _initials(case.place_words), _initials(case.title[:60]))
            ),
            area_no=case.area.first if case.area else None,
        )


def _initials(words: str) -> str:
    """外墙脱落 -> wqtl: who types quickly types no more than that."""
    return spell(words)[1] if words else ""
