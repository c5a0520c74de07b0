"""The form of a new key."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi.people import rules
from liuchi.people.fields import day_field
from liuchi.people.forms import DeskForm, post_words
from liuchi.people.models import Post
from liuchi.people.tokens.actions import NAME_MAX
from liuchi.people.tokens.scopes import offered

USUAL_DAYS = 180


def holder_words(post: Post) -> str:
    """派遣员 · 六尺街道办事处 — 示例"""
    return f"{post_words(post)} — {post.person}"


class TokenForm(DeskForm):
    """What the key is for, on whose behalf, and until when."""

    name = forms.CharField(
        label=gettext_lazy("Which program is it for?"),
        max_length=NAME_MAX,
        help_text=gettext_lazy("For example: the property company's own system."),
    )
    post = forms.ModelChoiceField(
        Post.objects.none(),
        label=gettext_lazy("Acts for"),
        empty_label=gettext_lazy("Choose"),
        help_text=gettext_lazy("The key reaches no further than this post, and ends with it. Its holder is told."),
    )
    scopes = forms.MultipleChoiceField(label=gettext_lazy("For what"), widget=forms.CheckboxSelectMultiple)
    ends = day_field(label=gettext_lazy("Last day"), help_text=gettext_lazy("At most a year from now."))

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = rules.local_day(at)
        held = Post.objects.filter(Q(ends=None) | Q(ends__gte=day), begins__lte=day, role__in=rules.STAFF_ROLES)
        field = self.fields["post"]
        field.queryset = held.select_related("person", "area", "organisation").order_by("person__pinyin", "begins")  # type: ignore[attr-defined]
        field.label_from_instance = holder_words  # type: ignore[attr-defined]
        self.fields["scopes"].choices = [(scope.key, scope.label) for scope in offered()]  # type: ignore[attr-defined]
        self.fields["scopes"].error_messages["required"] = _("Choose at least one thing that the key is for.")
        self.fields["ends"].initial = day + timedelta(days=USUAL_DAYS)

    def choices_with_help(self) -> list[dict[str, Any]]:
        """The scopes as they stand on the page."""
        chosen = set(self["scopes"].value() or [])
        return [
            {"key": scope.key, "label": scope.label, "help": scope.help, "on": scope.key in chosen}
            for scope in offered()
        ]
