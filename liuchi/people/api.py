"""What programs and field screens ask about people: only ever about oneself."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from liuchi.kernel.delivery.queries import unread_count
from liuchi.people.models import Post, Role
from liuchi.people.registers.queries.own import not_yet

router = Router(tags=["people"])


@router.get("/me")
def me(request: HttpRequest) -> dict[str, Any]:
    """Who is signed in, and in which posts: `{signed_in, name, staff, posts: [{role, label, title, area, unit, deputy}], messages, todo}`.

    Without sign-in: `{signed_in: false, posts: []}`; messages: how many are unread; todo: registers that one may still join.
    """
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.is_signed_in:
        return {"signed_in": False, "name": "", "staff": False, "posts": [], "messages": 0, "todo": []}
    held = {post.post: post for post in actor.posts}
    posts = Post.objects.filter(pk__in=held).select_related("organisation", "area")
    return {
        "signed_in": True,
        "name": request.user.person.name,  # type: ignore[union-attr]
        "staff": actor.is_staff,
        "messages": unread_count(actor.person_id),
        "todo": not_yet(actor),
        "posts": [
            {
                "role": post.role,
                "label": str(Role(post.role).label),
                "title": post.title,
                "area": post.area.name if post.area else "",
                "unit": post.organisation.name if post.organisation else "",
                "deputy": held[post.pk].deputy_for is not None,
            }
            for post in posts
        ],
    }
