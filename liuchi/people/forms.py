"""Forms of the desk: persons, posts, absences, units, workbooks."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi.kernel.errors import Refused
from liuchi.people import rules
from liuchi.people.fields import day_field, moment_field
from liuchi.people.models import Organisation, Person, Post, Role
from liuchi.people.queries import units_tree
from liuchi.territory.models import Area


def areas_in_use() -> list[Area]:
    """The areas that somebody works in here, with all below: what a field offers before anything is typed."""
    roots = Area.objects.filter(valid_to=None).filter(
        Q(pk__in=Organisation.objects.filter(closed_on=None).values("area_id"))
        | Q(pk__in=Post.objects.values("area_id"))
        | Q(children__level="grid")
    )
    ranges = rules.merged_ranges(roots.filter(level__in=("street", "community", "grid")).values_list("first", "last"))
    within = Q(pk__in=[])
    for first, last in ranges:
        within |= Q(first__gte=first, first__lte=last)
    found = Area.objects.filter(within, valid_to=None, level__in=("street", "community", "grid"))
    return list(found.select_related("parent").order_by("first", "-last")[:1000])


class AreaWidget(forms.TextInput):
    """A line to type in, with the areas in use as a list to choose from."""

    template_name = "people/widgets/area.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["areas"] = areas_in_use()
        return context


class AreaField(forms.CharField):
    """An area by name or code; cleaned to an Area or None."""

    widget = AreaWidget

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Area):
            several = Area.objects.filter(name=value.name, valid_to=None).exclude(pk=value.pk).exists()
            return value.code if several else value.name
        return value

    def clean(self, value: Any) -> Area | None:  # type: ignore[override]
        text = super().clean(value)
        if not text:
            return None
        word = text.split(" · ")[0].strip()
        found = list(Area.objects.filter(Q(name=word) | Q(code=word), valid_to=None)[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("There are several areas of this name. Please write its code instead."))
        raise forms.ValidationError(_("No area has this name or code."))


class UnitField(forms.ModelChoiceField):
    """A unit, indented as it stands in the tree."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Organisation.objects.filter(closed_on=None), **kwargs)

    def refresh(self) -> None:
        """Fills the choices for this request."""
        blank = [("", "—")]
        self.choices = blank + [(unit.pk, "　" * unit.depth + unit.name) for unit in units_tree()]  # type: ignore[attr-defined]


class DeskForm(forms.Form):
    """A form whose errors may come from an action, too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, UnitField):
                field.refresh()

    def carry_out(self, action: Callable[[], Any]) -> Any:
        """Calls the action; what it refuses is shown at the field at fault, and None is returned."""
        try:
            return action()
        except Refused as refused:
            self.add_error(refused.field if refused.field in self.fields else None, refused.sentence)
            return None


class PersonForm(DeskForm):
    """Name and phone of a person."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=80)
    phone = forms.CharField(
        label=gettext_lazy("Mobile phone"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("They can sign in with it. It is stored encrypted."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )


class PhoneKeptForm(PersonForm):
    """As PersonForm for somebody known: the number is not shown, and stays unless another is entered."""

    def __init__(self, *args: Any, has_phone: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_phone:
            self.fields["phone"].label = _("New mobile phone")
            self.fields["phone"].help_text = _("Leave empty to keep the one we have.")


class MyDataForm(PhoneKeptForm):
    """One's own name, phone, and the language of the messages one gets."""

    language = forms.ChoiceField(label=gettext_lazy("Language of messages"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Your name")
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["phone"].widget.attrs["autocomplete"] = "tel"


class PostForm(DeskForm):
    """A post: what, where, for whom, how long."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=[(role.value, role.label) for role in Role if role != Role.RESIDENT]
    )
    organisation = UnitField(label=gettext_lazy("Unit"), required=False)
    area = AreaField(
        label=gettext_lazy("Area"),
        required=False,
        help_text=gettext_lazy("Name or code. A grid worker needs a grid, a clerk a community."),
    )
    title = forms.CharField(label=gettext_lazy("Job title"), max_length=60, required=False)
    begins = day_field(label=gettext_lazy("First day"))
    ends = day_field(label=gettext_lazy("Last day"), required=False)


class HireForm(PersonForm, PostForm):
    """A new member of staff: person, post and sign-in in one go."""

    username = forms.CharField(
        label=gettext_lazy("Sign-in name"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Small letters; empty: made from the pinyin of the name."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ["name", "phone", "role", "organisation", "area", "title", "begins", "ends", "username"]


class TermForm(DeskForm):
    """Title and term of a post."""

    title = forms.CharField(label=gettext_lazy("Job title"), max_length=60, required=False)
    begins = day_field(label=gettext_lazy("First day"))
    ends = day_field(label=gettext_lazy("Last day"), required=False)


class EndForm(DeskForm):
    """The last day of a post."""

    last_day = day_field(label=gettext_lazy("Last day"))


class AbsenceForm(DeskForm):
    """From when until when, and who stands in."""

    begins = moment_field(label=gettext_lazy("From"))
    ends = moment_field(label=gettext_lazy("Until"))
    deputy = forms.ModelChoiceField(
        Person.objects.none(), label=gettext_lazy("Deputy"), empty_label=gettext_lazy("Choose")
    )

    def __init__(self, *args: Any, deputies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = deputies  # type: ignore[attr-defined]

    @staticmethod
    def until_evening(at: datetime) -> dict[str, datetime]:
        """What the form proposes: from now until the next evening."""
        today = timezone.localtime(at)
        evening = datetime.combine(today.date(), time(18), today.tzinfo)
        return {
            "begins": today.replace(second=0, microsecond=0),
            "ends": evening if evening > today else evening + timedelta(days=1),
        }


class OwnAbsenceForm(AbsenceForm):
    """The same for oneself; who holds several posts says which."""

    post = forms.ModelChoiceField(Post.objects.none(), label=gettext_lazy("Post"), empty_label=gettext_lazy("Choose"))
    field_order = ["post", "begins", "ends", "deputy"]

    def __init__(self, *args: Any, posts: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["post"]
        mine = Post.objects.filter(pk__in=[post.pk for post in posts])
        field.queryset = mine.select_related("record", "area", "organisation")  # type: ignore[attr-defined]
        field.label_from_instance = post_words  # type: ignore[attr-defined]
        self.only = posts[0] if len(posts) == 1 else None
        if self.only:
            del self.fields["post"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        return {"post": self.only, **cleaned}


def post_words(post: Post) -> str:
    """A post without its holder's name: 网格员 · 第七网格"""
    where = post.area.name if post.area else post.organisation.name if post.organisation else ""
    return " · ".join(part for part in (post.title or str(post.get_role_display()), where) if part)


class UnitForm(DeskForm):
    """A unit of the tree."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Organisation.Kind.choices)
    parent = UnitField(label=gettext_lazy("Belongs to"), required=False)
    area = AreaField(
        label=gettext_lazy("Area"), required=False, help_text=gettext_lazy("Name or code; may stay empty.")
    )
    office_phone = forms.CharField(
        label=gettext_lazy("Office phone"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("The number of the desk, nobody's own."),
    )


class WorkbookForm(DeskForm):
    """An Excel file with units and staff."""

    file = forms.FileField(
        label=gettext_lazy("Excel file"),
        widget=forms.FileInput(
            attrs={
                "accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "autofocus": True,
            }
        ),
    )


class ForgottenForm(DeskForm):
    """Whose password was forgotten: a sign-in name or a whole phone number."""

    login = forms.CharField(
        label=gettext_lazy("Sign-in name or phone number"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
