"""A flood from one network address is slowed, however many phones it says it has; and it does not fill the disk."""

import io
from collections import Counter, namedtuple
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.media import actions as media
from liuchi.kernel.network import network_of
from liuchi.kernel.outbox import tokens
from liuchi.kernel.outbox.slowing import slow_down
from liuchi.kernel.tests import media_files as make

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
Disk = namedtuple("Disk", "total used free")


def at(moment: datetime = NOON) -> Context:
    return Context(at=moment, recorded_at=moment, channel="phone")


def share(ctx: Context, address: str) -> str:
    return tokens.phone_of(tokens.issue(ctx, address)).device


def test_many_tokens_of_one_address_share_ten_counts() -> None:
    devices = {share(at(), "10.0.0.1") for _token in range(50)}
    assert 2 <= len(devices) <= tokens.PHONES_OF_ONE_ADDRESS
    other = share(at(), "10.0.0.2")
    assert other not in devices
    tomorrow = at(datetime(2026, 11, 23, 4, tzinfo=UTC))
    assert share(tomorrow, "10.0.0.1") not in devices, "nobody is followed for days"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_one_phone_has_many_addresses_of_ipv6(address: str, network: str) -> None:
    assert network_of(address) == network


def test_a_count_may_weigh_more_than_one_and_be_asked_without_counting() -> None:
    slow_down("someone", 5, NOON, weight=5)
    slow_down("someone", 5, NOON, weight=0)
    with pytest.raises(Refused):
        slow_down("someone", 5, NOON)
    with pytest.raises(Refused) as refused:
        slow_down("someone", 5, NOON, weight=0)
    assert refused.value.retry_after


def upload(client: Client, address: str, size: int) -> int:
    token = client.post("/outbox/token", REMOTE_ADDR=address).json()["token"]
    photo = make.encoded()
    return client.post(
        f"/outbox/media?key={uuid4()}&kind=photo", photo + bytes(size), content_type="image/jpeg", REMOTE_ADDR=address,
        headers={"Authorization": f"Outbox {token}"},
    ).status_code  # fmt: skip


def test_uploads_are_weighed_by_address(client: Client, settings, tmp_path) -> None:
    settings.MEDIA_FOLDER = tmp_path
    settings.MEGABYTES_PER_MINUTE = 5
    told = Counter(upload(client, "10.0.0.1", 1_900_000) for _try in range(5))
    assert told == {201: 2, 429: 3}
    assert upload(client, "10.0.0.2", 1_900_000) == 201


def test_the_last_of_the_disk_is_the_databases(monkeypatch: pytest.MonkeyPatch, settings, tmp_path) -> None:
    settings.MEDIA_FOLDER = tmp_path
    monkeypatch.setattr(media.shutil, "disk_usage", lambda _folder: Disk(10**12, 10**12, media.KEPT_FREE - 1))
    with pytest.raises(Refused) as refused:
        media.receive(at(), uuid4(), "photo", io.BytesIO(make.encoded()))
    assert (refused.value.code, refused.value.status) == ("no_room", 503)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
