"""Pages for everybody: an account of one's own, and what is kept on oneself."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from allauth.core import ratelimit
from django.contrib.auth import login as sign_in
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.people import actions, queries
from liuchi.people.consents import PURPOSES
from liuchi.people.data import keepers
from liuchi.people.forms import MyDataForm
from liuchi.people.looks import looks_at
from liuchi.people.models import Consent
from liuchi.people.signin.forms import SignUpForm


@never_cache
def sign_up(request: HttpRequest) -> HttpResponse:
    """An account from a phone number and a password. Reporting needs none, and the page says so."""
    if request.user.is_authenticated:
        return redirect("/")
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and not ratelimit.consume(request, action="signup"):
        form.add_error(None, _("Too many attempts. Wait a minute, then try again."))
    elif request.method == "POST" and form.is_valid():
        ctx = of_request(request, "phone")
        done = form.carry_out(lambda: actions.sign_up(ctx, **form.cleaned_data))
        if done:
            sign_in(request, done)
            wanted = request.GET.get("next", "")
            is_here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
            return redirect(wanted if is_here else "/")
    return render(request, "account/signup.html", {"form": form, "purpose": PURPOSES["account"]})


@require_GET
def forgotten(request: HttpRequest) -> HttpResponse:
    """What to do when the password is gone: a clerk gives a new one."""
    return render(request, "account/forgotten.html")


@never_cache
@needs("me.data")
def my_data(request: HttpRequest) -> HttpResponse:
    """What is kept on oneself: seen and corrected."""
    person = request.user.person
    now = {"name": person.name, "language": person.language}
    form = MyDataForm(request.POST or None, initial=now, has_phone=bool(person.phone_cipher))
    if request.method == "POST" and form.is_valid():
        data, ctx = form.cleaned_data, of_request(request, "phone")
        changed = {"name": data["name"], "phone": data["phone"] or None, "language": data["language"]}
        if form.carry_out(lambda: actions.correct_person(ctx, person, **changed)):
            return redirect("people:my_data")
    given = set(Consent.objects.filter(person=person, withdrawn_at=None).values_list("purpose", flat=True))
    context = {
        "form": form,
        "kept": queries.kept_on(person),
        "looks": looks_at(person.pk),
        "more": [(keeper.title, len(keeper.kept(person.pk))) for keeper in keepers().values()],
        "purposes": [(key, purpose, key in given) for key, purpose in PURPOSES.items() if not purpose.page],
        "login": request.user,
    }
    return render(request, "people/mobile/data.html", context)


@require_POST
@needs("me.data")
def my_consent(request: HttpRequest) -> HttpResponse:
    """Gives or withdraws a consent."""
    purpose, person, ctx = request.POST.get("purpose", ""), request.user.person, of_request(request, "phone")
    if purpose in PURPOSES and not PURPOSES[purpose].page:
        if request.POST.get("given"):
            actions.give_consent(ctx, person, purpose)
        else:
            actions.withdraw_consent(ctx, person, purpose)
    return redirect("people:my_data")


@require_GET
@needs("me.data")
def my_file(request: HttpRequest) -> HttpResponseBase:
    """Everything kept on oneself, to take along: JSON files and pictures in a zip, packed while it is sent."""
    person = request.user.person
    parts: list[tuple[str, Callable[[], bytes]]] = [
        (f"{name}.json", json.dumps(values, ensure_ascii=False, indent=2).encode)
        for name, values in queries.kept_on(person).items()
    ]
    parts += [(f"{name}/{file}", read) for name, keeper in keepers().items() for file, read in keeper.files(person.pk)]
    response = StreamingHttpResponse(_packed(parts), content_type="application/zip")
    day = timezone.localdate().isoformat()
    response.headers["Content-Disposition"] = f'attachment; filename="liuchi-{day}.zip"'
    return response


def _packed(parts: list[tuple[str, Callable[[], bytes]]]) -> Iterator[bytes]:
    """A zip in pieces; one part of it at a time is in memory."""
    out = _Pieces()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, read in parts:
            archive.writestr(name, read())
            yield out.taken()
    yield out.taken()


class _Pieces(io.RawIOBase):
    """A file that can only be written on; what was written is taken away."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        return len(data)

    def taken(self) -> bytes:
        held, self._held = bytes(self._held), bytearray()
        return held


@never_cache
@needs("me.data")
def my_erasure(request: HttpRequest) -> HttpResponse:
    """Erases what is kept on oneself, after the password was given once more."""
    wrong = ""
    if request.method == "POST" and not ratelimit.consume(request, action="reauthenticate"):
        wrong = _("Too many attempts. Wait a minute, then try again.")
    elif request.method == "POST":
        if request.user.check_password(request.POST.get("password", "")):
            person = request.user.person
            actions.erase_person(of_request(request, "phone"), person)
            logout(request)
            return render(request, "people/mobile/erased.html")
        wrong = _("This is not your present password.")
    return render(request, "people/mobile/erase.html", {"wrong": wrong})
