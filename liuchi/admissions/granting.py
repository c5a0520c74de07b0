"""The post that an admission may give: a title over a grid or community that opens nobody's case."""

from uuid import UUID

from liuchi.admissions import rules
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.granting import Granted
from liuchi.people import actions as people
from liuchi.people.models import Person, Post
from liuchi.people.rules import local_day
from liuchi.territory.models import Area


def make(ctx: Context, granted: Granted) -> UUID | None:
    """Appoints the person for the term. The role is fixed: an office's powers are not given by programmes."""
    if granted.person is None:
        return None
    person = Person.objects.select_related("record").get(pk=granted.person)
    area = Area.objects.filter(pk=granted.area).first() if granted.area else None
    try:
        post = people.appoint(
            ctx,
            person,
            role=rules.GRANTED_ROLE,
            area=area,
            title=granted.title,
            begins=granted.begins,
            ends=granted.ends,
        )
    except Refused as refused:
        if (
            refused.code != "double"
        ):  # held there already, through another programme: it gives nothing that is not there
            raise
        return None
    return post.pk


def end(ctx: Context, made: UUID) -> None:
    """Ends the post at once; one that ended before stays as it is."""
    post = Post.objects.select_related("record", "person").get(pk=made)
    if post.ends and post.ends < local_day(ctx.at):
        return
    try:
        people.end_post(ctx, post)
    except Refused as refused:
        if refused.code != "last_day":
            raise
