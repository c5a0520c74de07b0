"""What only the wizard does: the first administrator, the place, its first grid, a map given to the worker."""

import secrets
import shutil
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.admissions import actions as admissions
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.people import actions as people
from liuchi.people.models import Login, Organisation, Post, Role
from liuchi.publications.actions import services as publications
from liuchi.site.setup import progress, tasks
from liuchi.site.setup.queries import code_fits, has_administrator
from liuchi.territory import rules, stamps
from liuchi.territory.actions import draw_grid, set_home
from liuchi.territory.divisions.actions import new_area
from liuchi.territory.divisions.names import known_name
from liuchi.territory.models import Area

# Half the side of a first grid, in degrees, where a community has no outline yet: some 700 m.
REACH = 0.0075
LARGEST_MAP = 300 * 1024 * 1024


def make_administrator(ctx: Context, *, code: str, name: str, username: str, password: str) -> Login:
    """The first account. Raises Refused("code") for a wrong code, ("closed") once there is an administrator."""
    with transaction.atomic():
        Post.objects.select_for_update().filter(role=Role.ADMINISTRATOR).first()
        if has_administrator():
            raise Refused("closed", _("This installation already has an administrator. Please sign in."), status=409)
        if not code_fits(code):
            raise Refused("code", _("This code does not fit. It stands where the program was started."), field="code")
        _person, login, _password = people.hire(
            ctx, name=name, role=Role.ADMINISTRATOR, username=username, password=password
        )
    return login


def bring_starters(ctx: Context, home: Area, *, services: bool, programmes: bool, mark: str) -> None:
    """The list of services and the programmes that come along. What is there already stays as it is."""
    if services:
        publications.set_up(ctx, home)
    if programmes:
        office = Organisation.objects.filter(area=home, kind="government_unit", closed_on=None).order_by("pk").first()
        admissions.set_up(ctx, home, office, mark)


def short_name(home: Area) -> str:
    """What offices call a place in the numbers of what they issue: 六街 for 六尺街道, 槐社 for 槐荫社区."""
    return home.name[:1] + {"street": "街", "community": "社", "county": "区"}.get(home.level, "")


def settle_place(ctx: Context, *, code: str, name: str, communities: list[str]) -> Area:
    """Makes the area of a code (with all above it) unless it is known, its communities, and the installation's home.

    Communities that are new get the next free codes. Raises Refused("communities") where the area can't have any.
    """
    if communities and rules.level_of(code) != "street":
        raise Refused(
            "communities", _("Only a street or town has communities. Enter its 9 digits."), field="communities"
        )
    with transaction.atomic():
        known = {area.code: area for area in Area.objects.filter(valid_to=None).defer("boundary")}
        for one in (*rules.ancestors(code), code):
            if one not in known:
                known[one] = new_area(one, name if one == code else known_name(one), known, "desk")
                known[one].save()
        area = known[code]
        if area.name != name:
            area.name = name
            area.save(update_fields=["name"])
        there = {one.name for one in known.values() if one.level == "community" and one.code.startswith(code)}
        taken = {one.code for one in known.values()}
        for community in dict.fromkeys(communities):
            if community not in there:
                free = next(f"{code}{n:03d}" for n in range(1, 1000) if f"{code}{n:03d}" not in taken)
                taken.add(free)
                known[free] = new_area(free, community, known, "desk")
                known[free].save()
        record = records.create("import", area_id=area.pk)
        journal.write(ctx, record, "setup.place", {"code": code, "communities": len(communities)})
        stamps.touch("areas")
    return set_home(ctx, Area.objects.get(pk=area.pk))


def bring_map(ctx: Context, file: BinaryIO, name: str, area: Area) -> str:
    """Keeps a map file and gives it to the worker; returns the key under which its progress is told.

    Raises Refused("file") for another kind of file or a very large one.
    """
    ending = next((end for end in (".osm", ".pbf", ".osm.pbf") if name.lower().endswith(end)), None)
    if ending is None:
        raise Refused("file", _("Please choose a map file that ends in .osm or .pbf."), field="file")
    key = secrets.token_hex(8)
    folder = Path(settings.VAR) / "waiting"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"map-{key}{ending}"
    with path.open("wb") as out:
        shutil.copyfileobj(file, out)
    if path.stat().st_size > LARGEST_MAP:
        path.unlink()
        raise Refused("file", _("This map is over 300 MB. Cut out your own place first."), field="file", status=413)
    progress.tell(key, "waiting")
    tasks.import_map.enqueue(key, str(path), area.code, area.name, str(ctx.person))
    return key


def first_grid(ctx: Context, community: Area) -> Area:
    """The first grid of a community: all of its ground, to be divided later on the map."""
    if community.level == "grid":
        return community
    boundary = community.boundary
    if boundary is None:
        middle = next((one for one in (community, community.parent) if one and one.lon is not None), None)
        if middle is None or middle.lon is None or middle.lat is None:
            sentence = _("It is not known where this community lies. Bring in a map first, or draw a grid at the desk.")
            raise Refused("area", sentence, field="area")
        west, east, south, north = middle.lon - REACH, middle.lon + REACH, middle.lat - REACH, middle.lat + REACH
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        boundary = {"type": "Polygon", "coordinates": [ring]}
    return draw_grid(ctx, community, boundary)
