"""Setting up by whom text messages go out, and the robots of groups. What is secret is encrypted and never shown again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel import crypto
from liuchi.kernel.context import Context
from liuchi.kernel.delivery import actions as delivery
from liuchi.kernel.delivery import robots, sms
from liuchi.kernel.delivery.models import Gateway
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.notices.models import Robot
from liuchi.people.acting import acting
from liuchi.people.actions.persons import phone_of
from liuchi.people.models import Organisation, Person
from liuchi.territory.models import Area


def set_up_sms(
    ctx: Context,
    *,
    address: str,
    key_id: str,
    secret: str,
    sign_name: str,
    template: str,
    code_template: str = "",
    active: bool = True,
) -> Gateway:
    """Keeps how text messages go out. Raises Refused("address" | "secret")."""
    ctx = acting(ctx, "notices.set_up")
    if not sms.is_allowed(address):
        raise Refused(
            "address", _("The address has to begin with https:// and end with the host's name."), field="address"
        )
    kept = sms.gateway()
    if not secret and kept is None:
        raise Refused("secret", _("Please enter the secret that belongs to the key."), field="secret")
    if not secret and kept and (kept.key_id, kept.address) != (key_id, address.rstrip("/")):
        sentence = _("With another key or address the secret has to be entered again.")
        raise Refused("secret", sentence, field="secret")
    with transaction.atomic():
        done = sms.set_up(
            ctx, address=address, key_id=key_id, secret=secret, sign_name=sign_name, template=template,
            code_template=code_template, active=active,
        )  # fmt: skip
        record = records.create("sms_gateway")
        journal.write(ctx, record, "sms.set_up", {"active": active, "template": template, "new_secret": bool(secret)})
    return done


def test_sms(ctx: Context) -> None:
    """A text message to the acting person's own phone. Raises Refused("phone" | "off")."""
    ctx = acting(ctx, "notices.set_up")
    person = Person.objects.filter(pk=ctx.person).first()
    number = phone_of(person) if person else ""
    if not number:
        raise Refused("phone", _("No phone number is kept on you. Enter it under “What is kept on me” first."))
    thing = f"test:sms:{ctx.at.timestamp():.0f}"
    if not delivery.send(ctx, "sms", thing, number, _("This is a test"), person_id=ctx.person):
        raise Refused("off", _("Text messages are switched off, or a test went out just now."))


def open_robot(
    ctx: Context,
    *,
    name: str,
    kind: str,
    address: str,
    secret: str = "",
    organisation: Organisation | None = None,
    area: Area | None = None,
    urgent_only: bool = False,
) -> Robot:
    """Sets up the robot of a group, of a unit or of an area's desk. Raises Refused("whose" | "address" | "secret")."""
    ctx = acting(ctx, "notices.set_up")
    record_area = area or (organisation.area if organisation else None)
    _judge(kind, address, secret, organisation, area, None)
    with transaction.atomic():
        robot = Robot(record=records.create("robot", record_area.pk if record_area else None), name=name, kind=kind)
        _put(robot, address, secret, organisation, area, urgent_only)
        robot.save(force_insert=True)
        journal.write(ctx, robot.record, "robot.opened", _facts(robot))
    return robot


def change_robot(
    ctx: Context,
    robot: Robot,
    *,
    name: str,
    kind: str,
    address: str = "",
    secret: str = "",
    organisation: Organisation | None = None,
    area: Area | None = None,
    urgent_only: bool = False,
) -> Robot:
    """Changes it; an empty address or secret leaves the one that is kept. Raises as open_robot."""
    ctx = acting(ctx, "notices.set_up")
    _judge(kind, address, secret, organisation, area, robot)
    with transaction.atomic():
        robot.name, robot.kind = name, kind
        _put(robot, address, secret, organisation, area, urgent_only)
        robot.save()
        journal.write(ctx, robot.record, "robot.changed", _facts(robot))
    return robot


def close_robot(ctx: Context, robot: Robot) -> None:
    """Says nothing there any more. Its address and secret are forgotten."""
    ctx = acting(ctx, "notices.set_up")
    with transaction.atomic():
        robot.closed_at, robot.address, robot.secret = ctx.at, b"", None
        robot.save(update_fields=["closed_at", "address", "secret"])
        journal.write(ctx, robot.record, "robot.closed")


def test_robot(ctx: Context, robot: Robot) -> None:
    """A line in the group, by the way that all of them go."""
    ctx = acting(ctx, "notices.set_up")
    words = _("This is a test. From now on new tasks are told here.")
    thing = f"test:robot:{robot.pk.hex}:{ctx.at.timestamp():.0f}"
    delivery.send(ctx, "robot", thing, str(robot.pk), words)


def _judge(
    kind: str, address: str, secret: str, organisation: Organisation | None, area: Area | None, kept: Robot | None
) -> None:
    if (organisation is None) == (area is None):
        raise Refused(
            "whose",
            _("Whose group is it: a unit's, or the desk's of an area? Choose one of the two."),
            field="organisation",
        )
    if address and not robots.is_address(kind, address):
        host = robots.HOSTS[kind]
        sentence = _(
            "This is not the address of such a robot: it begins with https://%(host)s. Copy it from the group's settings."
        )
        raise Refused("address", sentence % {"host": host}, field="address")
    if not address and (kept is None or kept.kind != kind):
        raise Refused("address", _("Please enter the address that the group shows for its robot."), field="address")
    has_secret = bool(secret) or bool(kept and kept.secret and kept.kind == kind)
    if kind in robots.SIGNED and not has_secret:
        sentence = _(
            "Choose “signature” (加签) in the robot's settings and enter the secret: without it anybody could speak in its name."
        )
        raise Refused("secret", sentence, field="secret")


def _put(
    robot: Robot, address: str, secret: str, organisation: Organisation | None, area: Area | None, urgent_only: bool
) -> None:
    bound = f"robot:{robot.record_id}"
    robot.organisation, robot.area, robot.urgent_only = organisation, area, urgent_only
    if address:
        robot.address = crypto.encrypt(address, bound)
    if secret or robot.kind not in robots.SIGNED:
        robot.secret = crypto.encrypt(secret, bound) if secret and robot.kind in robots.SIGNED else None


def _facts(robot: Robot) -> dict[str, Any]:
    return {
        "kind": robot.kind,
        "unit": str(robot.organisation_id) if robot.organisation_id else None,
        "area": robot.area_id,
        "urgent_only": robot.urgent_only,
    }
