"""The page on which a member of staff says when they are away, and who stands in."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.people import actions, queries
from liuchi.people.forms import OwnAbsenceForm, post_words


@never_cache
@needs("me.absence")
def my_absence(request: HttpRequest) -> HttpResponse:
    """One's own absences that are not over, and a new one. Why one is away is not asked."""
    actor = request.actor
    ctx = of_request(request, "phone")
    posts = queries.own_posts(actor, ctx.at)
    form = None
    if posts:  # who only stands in for somebody has none
        form = OwnAbsenceForm(
            request.POST or None, initial=OwnAbsenceForm.until_evening(ctx.at), posts=posts,
            deputies=queries.deputies_for(posts[0], ctx.at),
        )  # fmt: skip
        if request.method == "POST" and form.is_valid():
            post = form.cleaned_data.pop("post")
            ctx = replace(ctx, post=post.pk)
            if form.carry_out(lambda: actions.set_absence(ctx, post, **form.cleaned_data)):
                messages.success(request, _("Noted. From then on your deputy has your post's tasks."))
                return redirect("people:my_absence")
    absences = list(queries.own_absences(actor, ctx.at))
    for absence in absences:
        absence.words = post_words(absence.post) if len(posts) > 1 else ""  # type: ignore[attr-defined]
    return render(request, "people/mobile/absence.html", {"form": form, "absences": absences})


@require_POST
@needs("me.absence")
def my_absence_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Back again."""
    ctx = of_request(request, "phone")
    found = get_object_or_404(queries.own_absences(request.actor, ctx.at), pk=pk)
    actions.end_absence(replace(ctx, post=found.post_id), found)
    return redirect("people:my_absence")
