"""The desk's pages for people and posts."""

from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liuchi.kernel import typed
from liuchi.kernel.access import Target, needs, refuse
from liuchi.kernel.context import of_request
from liuchi.people import actions, queries, rules
from liuchi.people.actions.logins import free_username
from liuchi.people.forms import (
    AbsenceForm,
    EndForm,
    ForgottenForm,
    HireForm,
    PhoneKeptForm,
    PostForm,
    TermForm,
)
from liuchi.people.models import Absence, Person, Post, Role

PAGE = 100
LONGEST_WORDS = 60


@require_http_methods(["GET", "HEAD", "POST"])
@needs("people.see")
def people(request: HttpRequest) -> HttpResponse:
    """Who holds which post here; searched as one types. What is typed is sent (POST) and can't be read in the address."""
    sent = request.method == "POST"
    asked = request.POST if sent else request.GET
    text = (asked.get("q", "") if sent else typed.uncovered(asked.get("q", ""), "people")).strip()[:LONGEST_WORDS]
    chosen = {name: asked[name] for name in ("role", "unit", "ended") if asked.get(name)}
    said = {"q": typed.covered(text, "people"), **chosen} if text else chosen
    here = request.path + (f"?{urlencode(said)}" if said else "")
    if sent and not _partial(request):
        return redirect(here)
    found = queries.staff_list(
        request.actor,
        timezone.now(),
        text=text,
        role=chosen.get("role", ""),
        unit=_uuid(chosen.get("unit", "")),
        ended="ended" in chosen,
    )
    shown = list(found[: PAGE + 1])
    context = {
        "text": text,
        "people": shown[:PAGE],
        "more": len(shown) > PAGE,
        "roles": [role for role in Role if role != Role.RESIDENT],
        "may_edit": request.actor.may("people.edit"),
        "may_reset": request.actor.may("people.reset_password"),
        "may_import": request.actor.may("people.import"),
        "now": timezone.now(),
    }
    response = render(request, "people/desk/_rows.html" if _partial(request) else "people/desk/people.html", context)
    if sent:
        response["HX-Replace-Url"] = here
    return response


@require_GET
@needs("people.see")
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One member of staff: posts, absences, sign-in."""
    found = _person(request, pk)
    now = timezone.now()
    login = getattr(found, "login", None)
    context = {
        "person": found,
        "login": login,
        "now": now,
        "today": rules.local_day(now),
        "may_edit": request.actor.may("people.edit"),
        "may_reset": login is not None and queries.may_reset(request.actor, login, now),
        "absence_posts": {post.pk for post in found.shown_posts if queries.may_set_absence(request.actor, post)},
    }
    return render(request, "people/desk/person.html", context)


@never_cache
@needs("people.edit")
def hire(request: HttpRequest) -> HttpResponse:
    """A new member of staff; afterwards the one-time password, once."""
    ctx = of_request(request, "desk")
    form = HireForm(request.POST or None, initial={"role": Role.GRID_WORKER, "begins": rules.local_day(ctx.at)})
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(lambda: actions.hire(ctx, **form.cleaned_data))
        if done:
            new, login, password = done
            return render(request, "people/desk/password.html", {"person": new, "login": login, "password": password})
    return render(
        request,
        "people/desk/form.html",
        {"form": form, "title": _("New colleague"), "back": "/desk/people", "save": _("Save")},
    )


@needs("people.edit")
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name and phone."""
    found = _person(request, pk)
    form = PhoneKeptForm(request.POST or None, initial={"name": found.name}, has_phone=bool(found.phone_cipher))
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data["phone"] or None
        if form.carry_out(
            lambda: actions.correct_person(
                of_request(request, "desk"), found, name=form.cleaned_data["name"], phone=phone
            )
        ):
            return redirect("people:person", pk)
    return _form(request, form, _("Correct %(name)s") % {"name": found.name}, found)


@needs("people.edit")
def appoint(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another post for somebody."""
    found = _person(request, pk)
    ctx = of_request(request, "desk")
    form = PostForm(request.POST or None, initial={"begins": rules.local_day(ctx.at)})
    if request.method == "POST" and form.is_valid():
        if form.carry_out(lambda: actions.appoint(ctx, found, **form.cleaned_data)):
            return redirect("people:person", pk)
    return _form(request, form, _("A post for %(name)s") % {"name": found.name}, found)


@require_POST
@needs("people.phone")
def phone(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Shows a colleague's phone number; the look is logged."""
    found = _person(request, pk)
    duty = "people.phone"
    post = next((post for post in found.shown_posts if request.actor.may(duty, target_of(post))), None)
    if post is None:
        return refuse(request)
    ctx = replace(of_request(request, "desk"), post=request.actor.post_for(duty, target_of(post)))
    number = actions.show_phone(ctx, found, duty=duty)
    return render(request, "people/desk/_phone.html", {"number": number})


@never_cache
@require_POST
@needs("people.reset_password")
def reset(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new one-time password, shown once."""
    found = get_object_or_404(Person.objects.select_related("login", "record"), pk=pk, login__isnull=False)
    if not queries.may_reset(request.actor, found.login, timezone.now()):
        return refuse(request)
    password = actions.reset_password(of_request(request, "desk"), found.login)
    return render(request, "people/desk/password.html", {"person": found, "login": found.login, "password": password})


@never_cache
@require_POST
@needs("people.edit")
def open_login(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Gives somebody without a sign-in one."""
    found = _person(request, pk)
    login, password = actions.open_login(of_request(request, "desk"), found, free_username(found.name))
    return render(request, "people/desk/password.html", {"person": found, "login": login, "password": password})


@require_POST
@needs("people.edit")
def close_login(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ends a sign-in."""
    found = _person(request, pk)
    if not hasattr(found, "login"):
        raise Http404
    actions.close_login(of_request(request, "desk"), found.login)
    messages.success(request, _("%(name)s can no longer sign in.") % {"name": found.name})
    return redirect("people:person", pk)


@never_cache
@needs("people.reset_password")
def forgotten(request: HttpRequest) -> HttpResponse:
    """Somebody stands at the counter and forgot the password: found by a whole phone number or sign-in name."""
    form = ForgottenForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        login = queries.login_named(form.cleaned_data["login"])
        if login and queries.may_reset(request.actor, login, timezone.now()):
            found = login
        elif login:
            form.add_error(
                "login", _("This password is reset by somebody of a higher post. Please ask the administrator.")
            )
        else:
            form.add_error("login", _("Nobody signs in with this name or number."))
    return render(request, "people/desk/forgotten.html", {"form": form, "found": found})


@needs("people.edit")
def term(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Title and term of a post."""
    post = _post(request, pk)
    form = TermForm(request.POST or None, initial={"title": post.title, "begins": post.begins, "ends": post.ends})
    if request.method == "POST" and form.is_valid():
        if form.carry_out(lambda: actions.correct_post(of_request(request, "desk"), post, **form.cleaned_data)):
            return redirect("people:person", post.person_id)
    return _form(request, form, str(post), post.person)


@needs("people.edit")
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ends a post."""
    post = _post(request, pk)
    ctx = of_request(request, "desk")
    form = EndForm(request.POST or None, initial={"last_day": rules.local_day(ctx.at)})
    if request.method == "POST" and form.is_valid():
        if form.carry_out(lambda: actions.end_post(ctx, post, **form.cleaned_data)):
            return redirect("people:person", post.person_id)
    return _form(request, form, _("End the post: %(post)s") % {"post": post}, post.person, save=_("End the post"))


@needs("people.absence")
def absence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """From when until when somebody is away, and who stands in."""
    post = _post(request, pk)
    if not queries.may_set_absence(request.actor, post):
        return refuse(request)
    ctx = of_request(request, "desk")
    form = AbsenceForm(
        request.POST or None, initial=AbsenceForm.until_evening(ctx.at), deputies=queries.deputies_for(post, ctx.at)
    )
    if request.method == "POST" and form.is_valid():
        if form.carry_out(lambda: actions.set_absence(ctx, post, **form.cleaned_data)):
            return redirect("people:person", post.person_id)
    return _form(request, form, _("Absence: %(post)s") % {"post": post}, post.person)


@require_POST
@needs("people.absence")
def absence_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Back again."""
    visible = queries.posts_seen_by(request.actor)
    found = get_object_or_404(Absence.objects.select_related("post__record", "post__area"), pk=pk, post__in=visible)
    if not queries.may_set_absence(request.actor, found.post):
        return refuse(request)
    actions.end_absence(of_request(request, "desk"), found)
    return redirect("people:person", found.post.person_id)


def target_of(post: Post) -> Target:
    """What access needs to know of a post."""
    return Target(
        area_first=post.area.first if post.area else None,
        units=(post.organisation_id,) if post.organisation_id else (),
        owners=(post.person_id,),
    )


def _person(request: HttpRequest, pk: UUID) -> Person:
    found = queries.person_seen_by(request.actor, pk)
    if found is None:
        raise Http404
    return found


def _post(request: HttpRequest, pk: UUID) -> Post:
    return get_object_or_404(queries.posts_seen_by(request.actor).select_related("person__record"), pk=pk)


def _form(request: HttpRequest, form: object, title: str, person: Person, save: str = "") -> HttpResponse:
    context = {"form": form, "title": title, "back": f"/desk/people/{person.pk}", "save": save or _("Save")}
    return render(request, "people/desk/form.html", context)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _partial(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request")) and not request.headers.get("HX-History-Restore-Request")
