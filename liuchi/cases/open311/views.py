"""The six methods of GeoReport v2, and discovery."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from liuchi.cases import actions, words
from liuchi.cases.api import GUESSES_PER_MINUTE
from liuchi.cases.models import Case
from liuchi.cases.open311 import reads, rules
from liuchi.cases.open311.answers import CORS, answer, errors
from liuchi.cases.rest import writes
from liuchi.kernel import sql
from liuchi.kernel.errors import Refused
from liuchi.kernel.network import network_of
from liuchi.kernel.outbox.slowing import slow_down
from liuchi.kernel.outbox.tokens import digest_of
from liuchi.people.tokens import auth
from liuchi.people.tokens.access import TokenActor

LONGEST_DESCRIPTION = 4000
PER_MINUTE = 120
View = Callable[..., HttpResponse]


def georeport(*methods: str) -> Callable[[View], View]:
    """What all methods share: formats, who asks, errors in the specification's form, other sites' pages let in."""

    def wrap(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def asked(request: HttpRequest, form: str, **parts: str) -> HttpResponse:
            if form not in rules.FORMATS:
                return errors("xml", 404, _("There are two formats: xml and json."))
            if request.method == "OPTIONS":
                return HttpResponse(status=204, headers=CORS)
            if request.method not in (*methods, *(("HEAD",) if "GET" in methods else ())):
                told = errors(form, 405, _("This address is not asked in that way."))
                told["Allow"] = ", ".join((*methods, "OPTIONS"))
                return told
            try:
                _take_in(request)
                if not _is_ours(request):
                    raise Refused("jurisdiction", _("jurisdiction_id was not found."), status=404)
                return view(request, form, **parts)
            except Refused as refused:
                status = 400 if refused.status == 422 else refused.status
                told = errors(form, status, refused.sentence)
                if refused.retry_after is not None:
                    told["Retry-After"] = str(refused.retry_after)
                return told
            except rules.Unreadable as unreadable:
                sentence = _("%(name)s can't be read. See the specification for its form.")
                return errors(form, 400, sentence % {"name": unreadable})
            except RequestDataTooBig:
                return errors(form, 413, _("That is too long. Say it in fewer words."))
            except (DataError, MultiPartParserError, SuspiciousOperation, UnreadablePostError):
                return errors(form, 400, _("This could not be read."))

        return asked

    return wrap


def said(request: HttpRequest, name: str) -> str:
    """An argument; an empty one is as none at all."""
    return (request.POST.get(name) or request.GET.get(name) or "").replace("\x00", "").strip()


def _is_ours(request: HttpRequest) -> bool:
    jurisdiction = said(request, "jurisdiction_id")
    return not jurisdiction or reads.is_ours(request, jurisdiction)


def _take_in(request: HttpRequest) -> None:
    """Who asks: a key in ``api_key`` or in the header, else nobody. Raises Refused (403) for a key that is none."""
    scheme, _space, bearer = request.headers.get("Authorization", "").partition(" ")
    secret = bearer.strip() if scheme.lower() == "bearer" else said(request, "api_key")
    if auth.take_in(request, secret) is None:
        if secret:
            raise Refused("api_key", _("This api_key is not in force."), status=403)
        auth.count(f"open311 {digest_of(network_of(request.META.get('REMOTE_ADDR', '')))}", PER_MINUTE)


@georeport("GET")
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Service Discovery."""
    return answer(form, "discovery", reads.discovery(request))


@georeport("GET")
def services(request: HttpRequest, form: str) -> HttpResponse:
    """GET Service List."""
    return answer(form, "services", reads.services())


@georeport("GET")
def service(request: HttpRequest, form: str, code: str) -> HttpResponse:
    """GET Service Definition."""
    entry = reads.entry_of(code.replace("\x00", ""))
    if entry is None:
        raise Refused("service_code", _("service_code was not found."), status=404)
    return answer(form, "service_definition", reads.definition(entry))


@georeport("GET", "POST")
def requests(request: HttpRequest, form: str) -> HttpResponse:
    """GET Service Requests, POST Service Request."""
    if request.method == "POST":
        return _report(request, form)
    found = reads.seen_by(request.actor)  # type: ignore[attr-defined]
    numbers = rules.listed(said(request, "service_request_id"))
    if numbers:  # overrides all other arguments
        found = found.filter(number__in=numbers)
    else:
        start, end = (rules.moment(name, said(request, name)) for name in ("start_date", "end_date"))
        first, last = rules.period(start, end, timezone.now())
        found = found.filter(reported_at__gte=first, reported_at__lte=last)
        # the day as well: it has an index
        found = found.filter(local_date__range=(rules.day_of(first), rules.day_of(last)))
        found = reads.by_status(found, rules.statuses(said(request, "status")))
        if codes := rules.listed(said(request, "service_code")):
            found = found.filter(matter__code__in=codes)
    page, size = _number(request, "page", 1, 1000), _number(request, "page_size", rules.MOST, rules.MOST)
    rows = found.select_related(*reads.WITH).order_by("-reported_at", "-pk")[(page - 1) * size : page * size]
    return answer(form, "service_requests", reads.shapes(request, list(rows)))


@georeport("GET")
def one(request: HttpRequest, form: str, number: str) -> HttpResponse:
    """GET Service Request."""
    seen = reads.seen_by(request.actor).select_related(*reads.WITH)  # type: ignore[attr-defined]
    case = seen.filter(number=number.replace("\x00", "")).first()
    if case is None:
        raise Refused("service_request_id", _("service_request_id was not found."), status=404)
    return answer(form, "service_requests", reads.shapes(request, [case]))


@georeport("GET")
def token(request: HttpRequest, form: str, token: str) -> HttpResponse:
    """GET service_request_id from a token: a token is the receipt that whoever reported was given."""
    now = timezone.now()
    asking = f"follow {digest_of(network_of(request.META.get('REMOTE_ADDR', '')))}"
    slow_down(asking, GUESSES_PER_MINUTE, now, weight=0)
    try:
        case_id = actions.case_of_receipt(token)
    except Refused:
        slow_down(asking, GUESSES_PER_MINUTE, now)
        raise Refused("token", _("token was not found."), status=404)
    number = Case.objects.values_list("number", flat=True).get(pk=case_id)
    return answer(form, "service_requests", [{"service_request_id": number, "token": token}])


def _number(request: HttpRequest, name: str, usual: int, most: int) -> int:
    value = said(request, name)
    if not value:
        return usual
    if not (value.isascii() and value.isdigit() and len(value) < 9 and int(value)):
        raise rules.Unreadable(name)
    return min(int(value), most)


def _report(request: HttpRequest, form: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(actor, TokenActor):
        raise Refused("api_key", _("A report needs an api_key."), status=403)
    auth.asking(request, "cases.report")
    code = said(request, "service_code")
    if not code:
        raise Refused("service_code", _("service_code was not provided."), status=400)
    entry = reads.entry_of(code)
    if entry is None:
        raise Refused("service_code", _("service_code was not found."), status=404)
    lat, lon = rules.degrees("lat", said(request, "lat"), 90), rules.degrees("long", said(request, "long"), 180)
    place, address = said(request, "address_string"), said(request, "address_id")
    if (lat is None) != (lon is None) or (lat is None and not place and not address):
        raise Refused("location", _("Say where: lat and long, address_string or address_id."), status=400)
    description = said(request, "description")
    if len(description) > LONGEST_DESCRIPTION:
        raise Refused("description", _("description has at most 4,000 characters."), status=400)
    body = {
        "text": "\n".join(filter(None, (description or entry.matter.name, _chosen(request, entry), _media(request)))),
        "lon": lon,
        "lat": lat,
        "place": place[:120],
        "phone": said(request, "phone"),
        "matter": code,
        **_address(address),
    }
    with sql.in_turn():
        told = writes.deliver(request, actor, "api.report", body, "open311").result
    case = Case.objects.select_related("unit").get(pk=told["id"])
    made = {"service_request_id": told["number"], "service_notice": words.sentence(case), "account_id": None}
    return answer(form, "service_requests", [made])


def _address(said: str) -> dict[str, str]:
    """A place of ours by its id, or an area by its code."""
    if not said:
        return {}
    try:
        return {"place_id": str(UUID(said))}
    except ValueError:
        return {"area": said}


def _media(request: HttpRequest) -> str:
    """An address of a photo is kept as words for who handles it; nothing is ever fetched from it."""
    address = said(request, "media_url")
    if not address.startswith(("https://", "http://")) or len(address) > 500:
        return ""
    return f"media_url: {address}"


def _chosen(request: HttpRequest, entry: reads.catalogue.Entry) -> str:
    """Which filing condition was chosen, in words. Attributes that we did not ask for are passed over."""
    given = rules.attributes(request.POST.lists()).get("condition", [])
    if not given:
        return ""
    names = {str(each.pk): each.text for each in entry.conditions}
    if len(given) > 1 or given[0] not in names:
        raise rules.Unreadable("attribute[condition]")
    return names[given[0]]
