"""Small filters of the forms."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of(known: Mapping[str, Any], key: str) -> Any:
    """The value of a key, or nothing."""
    return known.get(key)


@register.filter
def cut_q(name: str) -> str:
    """The key of a question from the name of its field."""
    return name.removeprefix("q_")


@register.inclusion_tag("admissions/desk/_tabs.html", takes_context=True)
def adm_tabs(context: Mapping[str, Any], here: str) -> dict[str, Any]:
    """The app's own tabs at the head of its desk pages, as far as somebody may go."""
    actor = context["request"].actor
    return {"here": here, "may_see": actor.may("admissions.see"), "may_write": actor.may("admissions.programmes")}
