"""The pages of the wizard. The first is opened by the set-up code, the others by the administrator; all of them close
with the first report."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import login as sign_in
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from liuchi.cases.catalogue.actions import import_catalogue
from liuchi.cases.models import FilingCondition, Matter, Routing
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.network import network_of
from liuchi.kernel.outbox.slowing import slow_down
from liuchi.kernel.outbox.tokens import digest_of
from liuchi.kernel.ui import nav
from liuchi.people import actions as people
from liuchi.people import rules
from liuchi.people.actions.imports import import_workbook
from liuchi.people.forms import WorkbookForm
from liuchi.people.models import Login, Post
from liuchi.people.queries import home_of
from liuchi.people.sheets.plan import make_plan
from liuchi.people.sheets.reading import LARGEST, read
from liuchi.people.views_import import forget, keep, kept, tables
from liuchi.site.opened import opened
from liuchi.site.setup import actions, progress
from liuchi.site.setup.forms import AccountForm, MapForm, PlaceForm, StartersForm, WorkerForm
from liuchi.site.setup.queries import ROOMS, has_administrator, is_open, stages
from liuchi.territory import queries as territory
from liuchi.territory.models import Area

View = Callable[..., HttpResponse]
MAP_KEY = "setup.map"
# The code has 72 random bits; nobody needs more than a few tries to copy it.
GUESSES_PER_MINUTE = 10


def while_open(view: View) -> View:
    """Leads to where one's day begins once the first report is in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_open():
            return view(request, *args, **kwargs)
        return redirect(home_of(request.user.person_id) if request.user.is_authenticated else "/")

    return guarded


def page(request: HttpRequest, key: str, **context: Any) -> HttpResponse:
    """A page of the wizard with the line of steps and where the next one is."""
    all_stages = stages()
    at = next(i for i, stage in enumerate(all_stages) if stage.key == key)
    following = all_stages[at + 1].url if at + 1 < len(all_stages) else "/setup/done"
    return render(request, f"setup/{key}.html", {"stages": all_stages, "here": key, "following": following, **context})


@never_cache
@while_open
def account(request: HttpRequest) -> HttpResponse:
    """The administrator's account, opened by the code that ./run prints."""
    if has_administrator():
        todo = next((stage.url for stage in stages() if not stage.done), "/setup/done")
        return redirect(todo)
    form = AccountForm(request.POST or None, initial={"code": request.GET.get("code", "")})
    if request.method == "POST" and form.is_valid():
        login = form.carry_out(lambda: _first_administrator(request, form.cleaned_data))
        if login:
            sign_in(request, login)
            return redirect("setup:place")
    return page(request, "account", form=form)


def _first_administrator(request: HttpRequest, said: dict[str, Any]) -> Login:
    """Wrong codes are counted by the network address they come from, so that the code can't be tried out."""
    asking = f"setup {digest_of(network_of(request.META.get('REMOTE_ADDR', '')))}"
    now = timezone.now()
    try:
        slow_down(asking, GUESSES_PER_MINUTE, now, weight=0)
    except Refused as refused:
        raise Refused("code", _("Too many wrong codes. Please try again in a minute."), field="code") from refused
    try:
        return actions.make_administrator(of_request(request, "desk"), **said)
    except Refused as refused:
        if refused.field == "code":
            slow_down(asking, GUESSES_PER_MINUTE * 2, now)
        raise


@never_cache
@needs("people.import")
@while_open
def place(request: HttpRequest) -> HttpResponse:
    """Which place, and its map."""
    home = territory.root()
    initial = {"code": home.code, "name": home.name} if home else {}
    form = PlaceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        if form.carry_out(lambda: actions.settle_place(of_request(request, "desk"), **form.cleaned_data)):
            return redirect("setup:map")
    return page(request, "place", form=form, home=home, known=Area.objects.filter(valid_to=None).exists())


@require_GET
@needs("people.import")
@while_open
def areas(request: HttpRequest) -> HttpResponse:
    """Areas of the list of divisions that fit what was typed; a choice fills in the form."""
    text = request.GET.get("q", "").strip()
    found: list[Area] = []
    if text:
        fits = Q(name__startswith=text) | Q(code__startswith=text) | Q(initials__startswith=text.lower())
        rows = Area.objects.filter(fits, valid_to=None, level__in=("county", "street")).select_related("parent__parent")
        found = list(
            rows.defer("boundary", "parent__boundary", "parent__parent__boundary").order_by("-level", "first")[:12]
        )
    return render(request, "setup/_areas.html", {"areas": found, "text": text})


@never_cache
@needs("people.import")
@while_open
def map_file(request: HttpRequest) -> HttpResponse:
    """The map file, brought in by the worker while the page tells how far it is."""
    home = territory.root()
    if home is None:
        return redirect("setup:place")
    form = MapForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        key = form.carry_out(lambda: actions.bring_map(of_request(request, "desk"), file, file.name, home))
        if key:
            request.session[MAP_KEY] = key
            return redirect("setup:map")
    key = request.session.get(MAP_KEY)
    return page(request, "place", form=None, map_form=form, home=home, told=progress.told(key) if key else None)


@never_cache
@require_GET
@needs("people.import")
@while_open
def map_progress(request: HttpRequest) -> HttpResponse:
    """How far the map is; asks again by itself until it is done."""
    key = request.session.get(MAP_KEY, "none")
    return render(request, "setup/_progress.html", {"told": progress.told(key), "following": reverse("setup:people")})


@never_cache
@needs("people.import")
@while_open
def staff(request: HttpRequest) -> HttpResponse:
    """Units and staff from Excel: preview, then writing."""
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"].read(LARGEST + 1)
        plan = form.carry_out(lambda: make_plan(read(data), rules.local_day(timezone.now())))
        if plan is not None:
            keep(request, data)
            return page(request, "people", plan=plan, tables=tables(plan))
    return page(request, "people", form=form)


@never_cache
@require_POST
@needs("people.import")
@while_open
def staff_confirm(request: HttpRequest) -> HttpResponse:
    """Writes what the preview showed."""
    data = kept(request)
    if data is None:
        return redirect("setup:people")
    try:
        done = import_workbook(of_request(request, "import"), data)
    finally:
        forget(request)
    return page(request, "people", done=done)


@never_cache
@needs("people.import")
@while_open
def catalogue(request: HttpRequest) -> HttpResponse:
    """The catalogue of matters that comes with the program."""
    if request.method == "POST":
        import_catalogue(of_request(request, "import"))
        return redirect("setup:catalogue")
    counts = {"matters": Matter.objects.filter(kind="event").count(), "conditions": FilingCondition.objects.count()}
    return page(request, "catalogue", **counts)


@never_cache
@needs("people.import")
@while_open
def starters(request: HttpRequest) -> HttpResponse:
    """What comes along ready to use: a list of services, programmes to apply for."""
    home = territory.root()
    if home is None:
        return redirect("setup:place")
    form = StartersForm(request.POST or None, initial={"mark": actions.short_name(home)})
    if request.method == "POST" and form.is_valid():
        actions.bring_starters(of_request(request, "import"), home, **form.cleaned_data)
        return redirect("setup:starters")
    ready = {stage.key: stage.done for stage in stages()}["starters"]
    return page(request, "starters", form=form, ready=ready)


@never_cache
@needs("people.import")
@while_open
def worker(request: HttpRequest) -> HttpResponse:
    """The first grid worker, whose one-time password is shown once."""
    home = territory.root()
    ground = (
        Area.objects.filter(valid_to=None, level__in=("grid", "community"))
        .select_related("parent")
        .defer("boundary", "parent__boundary")
    )
    if home:
        ground = ground.filter(first__gte=home.first, first__lte=home.last)
    ground = ground.order_by("first", "-last")
    form = WorkerForm(request.POST or None, areas=ground)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(lambda: _hire_worker(request, **form.cleaned_data))
        if done:
            person, login, password = done
            return page(request, "worker", person=person, login=login, password=password)
    there = Post.objects.filter(role="grid_worker").select_related("person", "area")[:5]
    return page(request, "worker", form=form, there=there, has_ground=ground.exists())


def _hire_worker(request: HttpRequest, name: str, phone: str, area: Area) -> tuple:
    ctx = of_request(request, "desk")
    try:
        grid = actions.first_grid(ctx, area)
        return people.hire(ctx, name=name, phone=phone, role="grid_worker", area=grid)
    except Refused as refused:
        if refused.field in ("name", "phone"):
            raise
        raise Refused(refused.code, refused.sentence, field="area") from refused


@require_GET
@needs("people.import")
@while_open
def done(request: HttpRequest) -> HttpResponse:
    """What is there now, what can be opened next, and the first report."""
    mine = [shown.stop for shown in nav.shown("desk", request) if shown.stop.key in ROOMS]
    there, context = opened(), {"stages": stages(), "here": "done", "routed": Routing.objects.exists()}
    context["rooms"] = [(stop, ROOMS[stop.key][1], ROOMS[stop.key][0] in there) for stop in mine]
    return render(request, "setup/done.html", context)
