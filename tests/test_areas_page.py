"""The desk's pages for areas, as the people of the office use them."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from liuchi.people.actions import hire
from liuchi.territory.models import Area
from liuchi.territory.tests.conftest import ctx, demo_place, map_folder, street, street_of_module
from liuchi.territory.tests.test_draw_grid import square

pytestmark = pytest.mark.django_db
__all__ = ["ctx", "map_folder", "street", "street_of_module"]


@pytest.fixture
def enter(street, ctx):
    """enter(role, code) -> a browser signed in as somebody with that role there."""

    def entered(role: str, code: str = "") -> Client:
        area = Area.objects.get(code=code, valid_to=None) if code else None
        _person, login, _password = hire(
            ctx, name="程知秋", role=role, phone=f"139000000{Area.objects.count() % 90 + 10}", username=f"{role}{code}",
            begins=date(2026, 1, 1), password="six foot alley", **({"area": area} if area else {}),
        )  # fmt: skip
        client = Client()
        client.force_login(login)
        return client

    return entered


def test_the_administrator_sees_the_whole_tree_and_one_area(enter):
    client = enter("administrator")
    page = client.get("/desk/areas").content.decode()
    assert "六尺街道" in page and page.count("data-area=") == 26
    assert "安徽省" in page
    grid = Area.objects.get(name="第 7 网格")
    page = client.get(f"/desk/areas/{grid.pk}").content.decode()
    assert grid.code in page and 'aria-current="page"' in page
    part = client.get(
        f"/desk/areas/{grid.pk}", headers={"HX-Request": "true", "HX-Target": "area-detail"}
    ).content.decode()
    assert grid.code in part and "<html" not in part


def test_a_community_clerk_sees_and_draws_only_at_home(enter):
    client = enter("community_clerk", "340881990001")
    page = client.get("/desk/areas").content.decode()
    assert "槐荫社区" in page and "文汇社区" not in page
    other = Area.objects.get(code="340881990002")
    assert client.get(f"/desk/areas/{other.pk}").status_code == 404
    assert client.post("/desk/areas/grids/new", {"parent": other.pk, "boundary": "{}"}).status_code == 404


def test_a_grid_worker_sees_and_does_not_draw(enter):
    grid = Area.objects.get(name="第 7 网格")
    client = enter("grid_worker", grid.code)
    assert client.get(f"/desk/areas/{grid.pk}").status_code == 200
    assert client.get(f"/desk/areas/{grid.pk}/change").status_code == 403
    assert client.post(f"/desk/areas/{grid.pk}/end").status_code == 403
    assert client.get("/desk/areas/import").status_code == 403


def test_a_grid_is_ended_drawn_again_and_changed(enter):
    client = enter("administrator")
    old = Area.objects.get(name="第 7 网格")
    answer = client.post(f"/desk/areas/{old.pk}/end", follow=True)
    assert "已停用" in answer.content.decode()
    community = old.parent
    page = client.get(f"/desk/areas/grids/new?parent={community.pk}").content.decode()
    assert "data-draw=" in page
    answer = client.post("/desk/areas/grids/new", {"parent": community.pk, "boundary": "", "name": ""})
    assert "请先在地图上画出轮廓" in answer.content.decode()
    boundary = json.dumps(square(old.lon - 0.0003, old.lat - 0.0003, 0.0006))
    answer = client.post("/desk/areas/grids/new", {"parent": community.pk, "boundary": boundary, "name": "北片"})
    grid = Area.objects.get(name="北片")
    assert answer.status_code == 302 and answer["Location"] == f"/desk/areas/{grid.pk}"
    answer = client.post(
        f"/desk/areas/{grid.pk}/change", {"name": "北片一", "households": "321", "version": "1", "boundary": ""}
    )
    grid.refresh_from_db()
    assert answer.status_code == 302 and (grid.name, grid.households) == ("北片一", 321)
    answer = client.post(f"/desk/areas/{grid.pk}/change", {"name": "旧", "version": "1", "boundary": ""})
    assert answer.status_code == 200 and Area.objects.get(pk=grid.pk).name == "北片一"


def test_a_drawn_outline_over_a_neighbour_says_which(enter):
    client = enter("administrator")
    grid = Area.objects.get(name="第 7 网格")
    boundary = json.dumps(square(grid.lon, grid.lat))
    answer = client.post("/desk/areas/grids/new", {"parent": grid.parent_id, "boundary": boundary})
    assert "重叠" in answer.content.decode()


def test_grids_come_in_from_a_file(enter):
    client = enter("administrator")
    file = SimpleUploadedFile("grids.geojson", json.dumps(demo_place().grids).encode())
    page = client.post("/desk/areas/import", {"file": file}).content.decode()
    assert "已导入" in page and ">22<" in page
    for wrong in (b"", b"{", b"[1]", b'{"type": "Feature"}', b"\xff\xfe"):
        page = client.post("/desk/areas/import", {"file": SimpleUploadedFile("x.json", wrong)}).content.decode()
        assert "已导入" not in page and "banner" in page


def test_addresses_that_make_no_sense_are_not_found(enter):
    client = enter("administrator")
    for path in (
        "/desk/areas?in=x",
        "/desk/areas/999999999",
        "/desk/areas/grids/new",
        "/desk/areas/grids/new?parent=９",
        "/desk/areas?in=" + "9" * 30,
    ):
        assert client.get(path).status_code == 404, path


def test_who_has_not_signed_in_is_asked_to(client: Client, street):
    assert client.get("/desk/areas").status_code == 302


def test_a_clerk_does_not_enlarge_the_own_community(enter):
    clerk = enter("community_clerk", "340881990001")
    own = Area.objects.get(code="340881990001")
    before = own.boundary
    answer = clerk.post(
        f"/desk/areas/{own.pk}/change", {"name": own.name, "boundary": json.dumps(square(116.8, 31.0, 0.02))}
    )
    assert answer.status_code == 403
    own.refresh_from_db()
    assert own.boundary == before
    grid = own.children.filter(valid_to=None).first()
    assert clerk.post(f"/desk/areas/{grid.pk}/change", {"name": "新名字", "boundary": ""}).status_code == 302
