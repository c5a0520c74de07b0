"""What the line of somebody's points says of the report it was for."""

from liuchi.cases import thanks
from liuchi.cases.tests.helpers import report


def test_its_own_words_to_who_reported_and_to_nobody_else(place):
    case = report(place, "槐荫里 3 幢路灯不亮")
    case.reporter = place.handler
    case.save(update_fields=["reporter"])
    told = thanks.about(place.handler.pk, {case.pk})
    assert told[case.pk].title == "槐荫里 3 幢路灯不亮" and told[case.pk].url == f"/mine/{case.pk}"
    assert thanks.about(place.dispatcher.pk, {case.pk}) == {}
