"""Robots of groups: set up by an administrator alone, their secrets never shown, and what they say is no one's words."""

from types import SimpleNamespace

import pytest

from liuchi.kernel import crypto
from liuchi.kernel.delivery import actions as delivery
from liuchi.kernel.delivery.models import Sending
from liuchi.kernel.errors import Refused
from liuchi.notices import Card, actions, register_group
from liuchi.notices.models import Robot
from liuchi.notices.tests.conftest import TEN, happened
from liuchi.people.tests.conftest import Place, client_of, context, place

pytestmark = pytest.mark.django_db
__all__ = ["place"]
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=very-secret-key"
DING = "https://oapi.dingtalk.com/robot/send?access_token=very-secret-token"


@pytest.fixture
def ctx(place: Place):
    return context(TEN, place.person("administrator").pk)


@pytest.fixture
def desk(place: Place):
    return client_of(place.person("administrator"))


def test_it_is_set_up_changed_and_closed_and_shows_no_secret(place, desk):
    sent = {
        "name": "城管中队值班群",
        "kind": "dingtalk",
        "address": DING,
        "secret": "SECabc",
        "organisation": str(place.crew.pk),
    }
    assert desk.post("/desk/notices/robots/new", sent).status_code == 302
    robot = Robot.objects.get()
    page = f"/desk/notices/robots/{robot.pk}"
    shown = desk.get(page).content.decode() + desk.get("/desk/notices/robots").content.decode()
    assert "城管中队值班群" in shown and "very-secret" not in shown and "SECabc" not in shown
    assert b"very-secret" not in bytes(robot.address) and b"SECabc" not in bytes(robot.secret)
    desk.post(page, {"name": "值班群", "kind": "dingtalk", "organisation": str(place.crew.pk), "urgent_only": "on"})
    robot.refresh_from_db()
    assert (robot.name, robot.urgent_only) == ("值班群", True)
    assert crypto.decrypt(robot.address, f"robot:{robot.pk}") == DING, "what is left empty stays"
    desk.post(f"{page}/close")
    robot.refresh_from_db()
    assert robot.closed_at and not robot.address and not robot.secret
    assert desk.get(page).status_code == 404


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"address": "https://example.org/robot/send"}, "address"),
        ({"address": WECOM.replace("https", "http")}, "address"),
        ({"address": ""}, "address"),
        ({"kind": "dingtalk", "address": DING}, "secret"),
        ({"organisation": None}, "organisation"),
        ({"area": True}, "organisation"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(place, ctx, more, field):
    wanted = {"name": "群", "kind": "wecom", "address": WECOM, "organisation": place.crew} | more
    if wanted.get("area"):
        wanted["area"] = place.street
    with pytest.raises(Refused) as refused:
        actions.open_robot(ctx, **wanted)
    assert refused.value.field == field
    assert not Robot.objects.exists()


def test_nobody_but_an_administrator_sets_one_up(place):
    for role in ("dispatcher", "supervisor", "handler"):
        with pytest.raises(Refused, match="岗位"):
            actions.open_robot(
                context(TEN, place.person(role).pk), name="群", kind="wecom", address=WECOM, organisation=place.crew
            )
        assert client_of(place.person(role)).get("/desk/notices/robots").status_code == 403


@pytest.fixture
def groups(place, ctx, ways_out, notice, monkeypatch):
    """One group of the crew, one of the street's desk, one of the other street's, one that reads what is urgent alone."""
    from datetime import timedelta

    monkeypatch.setattr("liuchi.notices.actions.telling._STALE", timedelta(days=9000))
    for name, whose in {
        "crew": {"organisation": place.crew},
        "urgent": {"organisation": place.crew, "urgent_only": True},
        "street": {"area": place.street},
        "elsewhere": {"area": place.other_street},
    }.items():
        actions.open_robot(ctx, name=name, kind="wecom", address=WECOM, **whose)
    register_group(
        "case.given",
        lambda _row: (place.crew.pk, place.grid.first),
        lambda _row: Card("新任务", "LC-2026-11-0417", "路灯", "文汇路 12 号 电话138 0000 0001", "18:00", "/tasks/1"),
        urgent=lambda row: row.facts["urgent"],
    )
    return SimpleNamespace(out=ways_out)


def names():
    robots = {str(robot.pk): robot.name for robot in Robot.objects.all()}
    return sorted(robots[crypto.decrypt(one.address, f"robot:{one.pk}")] for one in Sending.objects.all())


def test_each_group_concerned_reads_it_once_and_no_phone_number(groups, place):
    row = happened("case.given", urgent=False)
    actions.tell_rows([row])
    actions.tell_rows([row])
    assert names() == ["crew", "street"]
    one = Sending.objects.first()
    assert one.subject == "新任务" and one.url == "/tasks/1"
    assert one.body == "编号：LC-2026-11-0417\n事项：路灯\n地点：文汇路 12 号 电话***\n处置时限：18:00"


def test_what_is_urgent_reaches_the_group_that_reads_nothing_else(groups):
    actions.tell_rows([happened("case.given", urgent=True)])
    assert names() == ["crew", "street", "urgent"]
    assert Sending.objects.first().subject == "紧急 · 新任务"


def test_a_group_that_was_closed_meanwhile_gets_nothing_and_nobody_has_to_look(groups, ctx, monkeypatch):
    from liuchi.kernel.delivery import channels
    from liuchi.notices import sending

    sending.register_all()
    assert channels.is_on("robot")
    actions.tell_rows([happened("case.given", urgent=False)])
    for robot in Robot.objects.filter(closed_at=None).select_related("record"):
        actions.close_robot(ctx, robot)
    delivery.deliver_due(TEN)
    assert set(Sending.objects.values_list("state", "problem")) == {("passed", "robot_closed")}


def test_a_test_line_says_how_it_went(desk, place, ctx, ways_out):
    robot = actions.open_robot(ctx, name="群", kind="wecom", address=WECOM, organisation=place.crew)
    assert desk.post(f"/desk/notices/robots/{robot.pk}/test").status_code == 302
    assert "发送中" in desk.get(f"/desk/notices/robots/{robot.pk}").content.decode()
    Sending.objects.update(state="stuck", problem="wecom_93000")
    assert "机器人已不在群里" in desk.get(f"/desk/notices/robots/{robot.pk}").content.decode()
    stuck = desk.get("/desk/notices").content.decode()
    assert "群机器人" in stuck and "机器人已不在群里" in stuck
