"""What one may still join is found on the phone, until it is done."""

from django.test import Client

from liuchi.people.tests.conftest import Place
from liuchi.people.tests.test_register_members import client_of


def test_what_one_may_still_join_stands_on_the_phone_until_it_is_done(
    place: Place, django_assert_max_num_queries
) -> None:
    rider = client_of(place.person("rider"))

    def todo(client: Client) -> list[str]:
        return [one["url"] for one in client.get("/api/people/me").json()["todo"]]

    with django_assert_max_num_queries(8):
        assert todo(rider) == ["/registers/join", "/registers/service"]
    assert [one["url"] for one in rider.post("/api/home", "{}", content_type="application/json").json()["doors"][:2]] == [
        "/registers/join", "/registers/service",
    ]  # fmt: skip
    rider.post("/registers/join", {"trade": "takeaway", "area": place.community.pk, "agree": "on"})
    assert todo(rider) == ["/registers/service"]
    rider.post("/registers/service", {"area": place.community.pk, "home_unit": "城管中队"})
    assert todo(rider) == []
    home = rider.post("/api/home", "{}", content_type="application/json").json()["doors"]
    assert not any(one["url"].startswith("/registers") for one in home)
    assert todo(client_of(place.person("grid_worker"))) == ["/registers/service"]
    assert todo(Client()) == []
