"""Kill -9 under load: what was acknowledged is there, exactly once, whole; and the work that waited is done."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import postgres
from tools.installations import ROOT, Installation, installation, new_database

PHONES = 4
# The phones of this test are one address that never rests: what slows a flood would be taken for a house that is down.
UNSLOWED = {"LIUCHI_REPORTS_PER_MINUTE": "1000000", "LIUCHI_MEGABYTES_PER_MINUTE": "1000000"}
# Seconds of load between a start and the kill.
LOAD = (0.6, 1.8)


@pytest.mark.timeout(300)
def test_what_was_acknowledged_outlives_three_kills(tmp_path: Path) -> None:
    outlives("", 3, tmp_path)


@pytest.mark.timeout(300)
def test_what_was_acknowledged_outlives_a_kill_on_postgresql(tmp_path: Path) -> None:
    with postgres.server({"fsync": "on"}) as address:
        new_database(address("kill"))
        outlives(address("kill"), 1, tmp_path)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_what_was_acknowledged_outlives_twenty_kills(database: str, tmp_path: Path) -> None:
    if database == "sqlite":
        outlives("", 20, tmp_path)
        return
    with postgres.server({"fsync": "on"}) as address:
        new_database(address("kill"))
        outlives(address("kill"), 20, tmp_path)


def outlives(database: str, kills: int, folder: Path) -> None:
    """Kills the whole tree so often while phones report; then everything must be as `tests.faults.check` says."""
    chance = random.Random(kills)
    ground = "from bench.ground import fill_ground\nfill_ground()"
    with installation(database, ground, **UNSLOWED) as place:
        place.start()
        phones = [phone(place, folder, number) for number in range(PHONES)]
        try:
            for _kill in range(kills):
                before = acknowledged(folder)
                time.sleep(chance.uniform(*LOAD))
                wait_for(lambda before=before: acknowledged(folder) > before)
                place.kill()
                place.start()
            wait_for(lambda: acknowledged(folder) > before + PHONES)
        finally:
            ends = [end(one) for one in phones]
        assert ends == [-signal.SIGTERM] * PHONES, "a phone was told something that waiting cannot help"
        told = json.loads(place.script(f"from tests.faults.check import main\nmain({str(folder)!r})"))
        assert told["faults"] == []
        assert told["acknowledged"] >= kills * 2
        assert told["photos"] > 0
        assert told["sealed"] >= told["cases"]


def phone(place: Installation, folder: Path, number: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.faults.client", str(place.port), str(folder), str(number), "600"]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": ROOT})


def end(process: subprocess.Popen[bytes]) -> int:
    process.terminate()
    return process.wait(timeout=10)


def acknowledged(folder: Path) -> int:
    return sum(path.read_bytes().count(b"\n") for path in folder.glob("acknowledged.*"))


def wait_for(true: object, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < until, "the phones are not being answered"
        time.sleep(0.02)
