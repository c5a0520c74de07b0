"""The pieces of the pages: tags, navigation, the gallery, the service worker's text."""

import json
import re

import pytest
from django.template import RequestContext, Template
from django.test import RequestFactory

from liuchi.kernel.ui import front, nav
from liuchi.kernel.ui.gallery import entries


@pytest.fixture
def stops(monkeypatch):
    """A navigation of its own."""
    monkeypatch.setattr(nav, "_stops", {surface: {} for surface in nav.SURFACES})


@pytest.fixture
def built(tmp_path, settings):
    """A front end as the build leaves it."""
    settings.VAR = tmp_path
    folder = tmp_path / "front"
    folder.mkdir()
    (folder / "sw.js").write_text("/* worker */")
    (folder / "front.json").write_text(
        json.dumps({"now": ["phone.js", "chunks/home-ABC.js"], "later": ["maplibre-worker.js"]})
    )
    return folder


class Actor:
    def __init__(self, *abilities):
        self.abilities = abilities

    def may(self, ability):
        return ability in self.abilities


def request(path, *abilities):
    made = RequestFactory().get(path)
    made.actor = Actor(*abilities)
    return made


def rendered(code, **context):
    return Template(code).render(RequestContext(RequestFactory().get("/"), context))


def keys(shown):
    return [(one.stop.key, one.here) for one in shown]


def test_a_person_sees_the_stops_that_are_theirs_in_order(stops):
    nav.register("phone", key="me", label="Me", icon="person", url="/me", order=90)
    nav.register("phone", key="tasks", label="Tasks", icon="tasks", url="/tasks", order=30, ability="cases.handle")
    nav.register("phone", key="home", label="Home", icon="home", url="/", order=10)
    assert keys(nav.shown("phone", request("/me"))) == [("home", False), ("me", True)]
    assert keys(nav.shown("phone", request("/", "cases.handle"))) == [("home", True), ("tasks", False), ("me", False)]


def test_a_page_below_a_stop_belongs_to_the_longest_address(stops):
    nav.register("desk", key="cases", label="Cases", icon="inbox", url="/desk/", order=10)
    nav.register("desk", key="people", label="People", icon="people", url="/desk/people", order=20)
    assert keys(nav.shown("desk", request("/desk/people/7"))) == [("cases", False), ("people", True)]
    assert keys(nav.shown("desk", request("/desk/cases/7"))) == [("cases", True), ("people", False)]
    assert keys(nav.shown("desk", request("/desk/peoples"))) == [("cases", True), ("people", False)]


def test_pages_under_another_address_belong_to_their_stop_too(stops):
    nav.register("desk", key="cases", label="Cases", icon="inbox", url="/desk/", order=10)
    nav.register(
        "desk", key="people", label="People", icon="people", url="/desk/people", order=20, also=("/desk/posts",)
    )
    assert keys(nav.shown("desk", request("/desk/posts/7/end"))) == [("cases", False), ("people", True)]
    assert keys(nav.shown("desk", request("/desk/"))) == [("cases", True), ("people", False)]


def test_an_unknown_surface_is_a_mistake(stops):
    with pytest.raises(KeyError):
        nav.register("wall", key="x", label="x", icon="x", url="/x")


def test_words_never_become_marks():
    html = rendered(
        "{% button label %}{% chip label %}{% card title=label %}{{ label }}{% endcard %}", label="<b>x</b>"
    )
    assert "<b>" not in html
    assert html.count("&lt;b&gt;") == 4


def test_a_clock_keeps_within_its_bar():
    assert 'width="100"' in rendered('{% clock "0:10" 1.7 "bad" %}')
    assert 'width="2"' in rendered('{% clock "4 d" 0 "ok" %}')


def test_no_page_piece_carries_a_style_or_a_script(db):
    html = "".join(entry.demo for entry in entries(request("/desk/gallery")))
    assert not re.search(r"\sstyle=|\son[a-z]+=|<script", html)


def test_a_field_ties_its_error_to_the_control():
    from django import forms

    class Form(forms.Form):
        place = forms.CharField(help_text="Where it is")

    html = rendered("{% field form.place %}", form=Form({"place": ""}))
    assert 'aria-describedby="id_place_error id_place_hint"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_place_error"' in html


def test_the_gallery_opens(client, db):
    page = client.get("/desk/gallery")
    assert page.status_code == 200
    assert "{% stops line %}" in page.content.decode().replace("&quot;", '"')


def test_the_worker_begins_with_what_it_keeps_and_changes_with_it(built):
    first = front.worker_script()
    listed = json.loads(first.splitlines()[0].removeprefix("self.FRONT = ").removesuffix(";"))
    assert listed["now"] == ["/static/phone.js", "/static/chunks/home-ABC.js"]
    assert first.endswith("/* worker */")
    (built / "sw.js").write_text("/* worker, mended */")
    second = json.loads(front.worker_script().splitlines()[0].removeprefix("self.FRONT = ").removesuffix(";"))
    assert second["version"] != listed["version"]


def test_without_a_build_there_is_no_worker(client, settings, tmp_path):
    settings.VAR = tmp_path
    assert client.get("/sw.js").status_code == 404
