"""The channels whose addresses are kept here: browsers that take pushes, robots of groups."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from liuchi.kernel import crypto
from liuchi.kernel.delivery import channels, push, robots
from liuchi.kernel.delivery.channels import Channel, Failed, Send
from liuchi.kernel.delivery.models import Sending
from liuchi.notices.models import Browser, Robot


def register_all() -> None:
    """Called when the program starts."""
    channels.register("push", Channel(lambda: True, _pushing))
    channels.register("robot", Channel(lambda: True, _saying))


@contextmanager
def _pushing() -> Iterator[Send]:
    def send(one: Sending) -> None:
        subscription = json.loads(crypto.decrypt(one.address, f"push:{one.pk}"))
        mine = Browser.objects.filter(endpoint_index=crypto.blind_index("browser", subscription["endpoint"]))
        if not mine.filter(person=one.person_id).exists():  # switched off, or another's by now
            raise Failed("browser_gone", gone=True)
        words = {"title": one.subject, "body": one.body if one.body != one.subject else "", "url": one.url}
        try:
            push.send(subscription, words | {"tag": one.thing}, timezone.now())
        except Failed as failed:
            if failed.gone:
                mine.delete()
            raise

    yield send


@contextmanager
def _saying() -> Iterator[Send]:
    def send(one: Sending) -> None:
        robot = Robot.objects.filter(pk=UUID(crypto.decrypt(one.address, f"robot:{one.pk}")), closed_at=None).first()
        if robot is None:
            raise Failed("robot_closed", gone=True)
        link = f"{settings.PUBLIC_URL}{one.url}" if settings.PUBLIC_URL and one.url else ""
        text = "\n".join(part for part in (one.subject, one.body, link) if part)
        address = crypto.decrypt(robot.address, f"robot:{robot.pk}")
        secret = crypto.decrypt(robot.secret, f"robot:{robot.pk}") if robot.secret else ""
        robots.say(robot.kind, address, secret, text, timezone.now())

    yield send
