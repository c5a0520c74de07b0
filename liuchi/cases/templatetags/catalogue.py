"""Limits and units in templates."""

from django import template

from liuchi.cases.catalogue import words
from liuchi.cases.models.matter import FilingCondition

register = template.Library()


@register.filter
def limit_words(condition: FilingCondition) -> str:
    """The limit of a condition: 2 个工作日."""
    return words.limit(condition.limit_value, condition.limit_type)


@register.filter
def limit_tone(condition: FilingCondition) -> str:
    """bad for urgent hours, warn for working hours; the number says the same."""
    return words.TONES.get(condition.limit_type, "plain")


@register.filter
def clock_words(condition: FilingCondition) -> str:
    """How its clock counts."""
    return words.clock(condition.limit_type)


@register.filter
def role_words(code: str) -> str:
    """The name of a unit role."""
    return words.role(code)


@register.filter
def helpers_words(condition: FilingCondition) -> str:
    """The names of the roles that help, one after the other."""
    return words.several(words.roles(condition))
