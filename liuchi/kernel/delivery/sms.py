"""The channel of text messages (短信): a small interface to whichever provider the office has a contract with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from liuchi.kernel import crypto
from liuchi.kernel.context import Context
from liuchi.kernel.delivery import aliyun, http
from liuchi.kernel.delivery.channels import Channel, Failed, Send
from liuchi.kernel.delivery.models import Gateway, Sending

# A variable of an approved template holds so many signs.
LONGEST = 35
CODE = "code:"  # things that are a code to be typed in go by a template of their own


def gateway() -> Gateway | None:
    """The gateway that is set up, switched on or not."""
    return Gateway.objects.first()


def is_on() -> bool:
    return Gateway.objects.filter(active=True).exists()


def set_up(
    ctx: Context,
    *,
    address: str,
    key_id: str,
    secret: str,
    sign_name: str,
    template: str,
    code_template: str,
    active: bool,
) -> Gateway:
    """Keeps how text messages go out; an empty secret leaves the one that is kept. The caller checked who may."""
    kept = gateway() or Gateway(dialect=Gateway.Dialect.ALIYUN)
    kept.address, kept.key_id, kept.sign_name = address.rstrip("/"), key_id, sign_name
    kept.template, kept.code_template, kept.active, kept.changed_at = template, code_template, active, ctx.at
    if secret:
        kept.secret = crypto.encrypt(secret, "sms:secret")
    kept.save()
    return kept


def is_allowed(address: str) -> bool:
    """Whether a gateway may stand there."""
    return http.is_allowed(address) and not http.path_of(address).strip("/")


@contextmanager
def opened() -> Iterator[Send]:
    kept = Gateway.objects.filter(active=True).first()
    if kept is None:
        raise Failed("off")
    secret = crypto.decrypt(kept.secret, "sms:secret")

    def send(one: Sending) -> None:
        is_code = one.thing.startswith(CODE)
        if is_code and not kept.code_template:
            raise Failed("no_code_template", final=True)
        said = (one.short or one.subject)[:LONGEST]
        aliyun.send(
            kept.address, kept.key_id, secret, sign_name=kept.sign_name,
            template=kept.code_template if is_code else kept.template,
            values={"code": said} if is_code else {"title": said},
            phone=crypto.decrypt(one.address, f"sms:{one.pk}"), mark=one.pk.hex, at=timezone.now(),
        )  # fmt: skip

    yield send


CHANNEL = Channel(is_on, opened)
