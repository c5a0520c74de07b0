"""Points that are shops of the register: tied by hand, and shown to everybody only after the keeper's yes."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from liuchi.kernel.errors import Refused
from liuchi.people.actions.businesses import close_business, correct_business, merge_businesses, register_business
from liuchi.people.models import Business
from liuchi.places import actions, api
from liuchi.places.models import ServicePoint
from liuchi.places.queries import points
from liuchi.places.tests.conftest import SPOT, Place, context, station

pytestmark = pytest.mark.django_db
FORM = {
    "name": "老灶面馆",
    "kind": "shop",
    "spot": f"{SPOT[0]}, {SPOT[1]}",
    "services": ["heat"],
    "area": "槐荫第一网格",
}


def shop(place: Place, name: str = "老灶面馆", *, consent: bool = True, area: Any = None, **more: Any) -> Business:
    facts = {"trade": "catering", "area": area or place.grid, "lon": SPOT[0], "lat": SPOT[1], "address": "六尺巷3号"}
    return register_business(context(channel="replay"), name=name, consent=consent, **{**facts, **more})


@pytest.fixture
def clerk(client: Client, place: Place) -> Client:
    client.force_login(place.person("community_clerk").login)
    return client


def options(client: Client, query: str) -> list[str]:
    return [one["name"] for one in client.get(f"/desk/places/shops?{query}").json()["options"]]


def test_shops_are_found_by_name_and_by_the_map_within_ones_area(clerk: Client, place: Place) -> None:
    shop(place)
    shop(place, "河东面馆", area=place.other_street)
    close_business(context(channel="replay"), shop(place, "旧面馆"))
    assert options(clerk, "q=面馆") == options(clerk, "q=lzmg") == ["老灶面馆"]
    around = f"box={SPOT[0] - 0.01},{SPOT[1] - 0.01},{SPOT[0] + 0.01},{SPOT[1] + 0.01}"
    assert options(clerk, around) == ["老灶面馆"]
    assert options(clerk, "box=100,20,120,40") == options(clerk, "box=a,b") == options(clerk, "q=") == []


def test_a_point_is_tied_to_a_shop_and_untied_by_its_form(clerk: Client, place: Place) -> None:
    one = shop(place)
    assert (
        clerk.post("/desk/places/new", {**FORM, "business": str(one.pk), "business_name": one.name}).status_code == 302
    )
    point = ServicePoint.objects.get()
    assert point.business == one
    change = f"/desk/places/{point.pk}/change"
    assert f'value="{one.pk}"' in clerk.get(change).content.decode()
    assert "/desk/registers/businesses/" in clerk.get(f"/desk/places/{point.pk}").content.decode()
    clerk.post(change, FORM)
    assert ServicePoint.objects.get().business is None
    clerk.post(change, {**FORM, "business_name": "老灶面馆"})  # without scripts: the only one of that name
    assert ServicePoint.objects.get().business == one


def test_what_is_no_shop_of_ones_area_is_said_at_the_field(clerk: Client, place: Place) -> None:
    far = shop(place, "河东面馆", area=place.other_street)
    shop(place, address="一号")
    shop(place, address="二号")
    for sent in (
        {"business_name": "没有这家"},
        {"business_name": "老灶面馆"},  # two are called so
        {"business": str(far.pk), "business_name": far.name},
        {"business": "x", "business_name": far.name},
    ):
        page = clerk.post("/desk/places/new", {**FORM, **sent})
        assert list(page.context["form"].errors) == ["business_name"] and sent["business_name"] in page.content.decode()
    assert not ServicePoint.objects.exists()


def test_a_shop_is_one_point_of_a_kind(clerk: Client, place: Place) -> None:
    one = shop(place)
    first = station(place, "老灶面馆", kind="shop", business=one)
    sent = {**FORM, "name": "另一个名字", "business": str(one.pk), "business_name": one.name}
    assert "business_name" in clerk.post("/desk/places/new", sent).context["form"].errors
    assert (
        clerk.post("/desk/places/new", {**sent, "kind": "corner"}).status_code == 302
    )  # its service corner is another
    corner = ServicePoint.objects.get(kind="corner")
    with pytest.raises(Refused) as refused:
        actions.change_point(
            context(channel="replay"),
            corner.pk,
            actions.Wanted("老灶面馆", "shop", *SPOT, area=place.grid, business=one),
        )
    assert refused.value.code == "business"
    actions.close_point(context(channel="replay"), first.pk)
    assert clerk.post("/desk/places/new", sent).status_code == 302


def seen(client: Client, point: ServicePoint, event: Any) -> dict[str, bool]:
    """Where everybody can look, and whether this point is there."""
    client.logout()
    name = point.name
    way = {"id": str(point.pk), "lon": SPOT[0], "lat": SPOT[1]}
    home = api.home(api.Standing())
    return {
        "list": name in client.get("/places?need=heat").content.decode(),
        "part": name in client.post("/places", {"need": "heat"}, headers={"X-Part": "1"}).content.decode(),
        "page": client.get(f"/places/{point.pk}").status_code == 200,
        "sign": client.get(f"/p/{point.code}").status_code == 200,
        "problem": client.get(f"/p/{point.code}/problem").status_code == 200,
        "events": event.title in client.get("/places/events").content.decode(),
        "first page": any(event.title == one["title"] for one in home["today"]),
        "way": client.post("/api/places/way", json.dumps(way), "application/json").status_code == 200,
    }


def test_everybody_sees_a_shop_only_after_its_keepers_yes(client: Client, place: Place) -> None:
    one, now = shop(place), timezone.now()
    point = station(place, "老灶面馆", kind="shop", business=one, services={"heat": ""})
    planned = actions.Planned("other", "周末试吃", now - timedelta(minutes=1), now + timedelta(minutes=1))
    event = actions.plan_event(context(now - timedelta(hours=1), channel="replay"), point.pk, planned)
    assert set(seen(client, point, event).values()) == {True}
    facts = {"name": one.name, "trade": one.trade, "area": place.grid, "address": one.address}
    correct_business(context(channel="replay"), one, **facts, consent=False)
    assert set(seen(client, point, event).values()) == {False}
    client.force_login(place.person("community_clerk").login)
    page = client.get(f"/desk/places/{point.pk}")
    assert page.context["hidden"] and "公众看不到" in page.content.decode()
    correct_business(context(channel="replay"), one, **facts, consent=True)
    assert set(seen(client, point, event).values()) == {True}
    close_business(context(channel="replay"), one)
    assert set(seen(client, point, event).values()) == {False}


def test_merged_entries_lead_to_the_one_that_stays(place: Place) -> None:
    first, second, last = (shop(place, address=f"{number}号", consent=number == 3) for number in (1, 2, 3))
    point = station(place, "老灶面馆", kind="shop", business=first)
    assert not points.public().filter(pk=point.pk).exists()
    merge_businesses(context(channel="replay"), second, first)
    merge_businesses(context(channel="replay"), last, second)
    assert points.public().filter(pk=point.pk).exists()
