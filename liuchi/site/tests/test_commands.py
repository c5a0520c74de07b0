"""The command line speaks one language: that of the machine, as ``./run`` does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import translation

from liuchi.site import worker


def told(*arguments: str, var: Path, **environment: str) -> str:
    kept = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANG")}
    done = subprocess.run(
        [sys.executable, "-m", "liuchi.site.cli", *arguments],
        env={**kept, "LIUCHI_VAR": str(var), "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("LANG", "zh_CN.UTF-8"), ("LC_ALL", "zh_CN.UTF-8"), ("LC_MESSAGES", "zh_CN")]
)
def test_every_command_speaks_the_language_of_the_machine(tmp_path: Path, name: str, value: str) -> None:
    nothing = tmp_path / "nothing.tar"
    nothing.write_bytes(b"no tar")
    chinese, english = ({name: value}, {"LANG": "C.UTF-8"})
    sentences = [
        (("words",), "份译文", "catalogues compiled"),
        (("cases", "train"), "二者选一", "Give either a FILE or --from-db."),
        (("restore", str(nothing)), "备份", "backup"),
    ]
    for arguments, in_chinese, in_english in sentences if name == "LANG" else sentences[:1]:
        assert in_chinese in told(*arguments, var=tmp_path, **chinese)
        assert in_english in told(*arguments, var=tmp_path, **english)


def test_what_the_worker_writes_for_everybody_is_in_the_language_of_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    spoken: list[str | None] = []
    monkeypatch.setattr(worker.ticks, "run_due", lambda *_args, **_more: spoken.append(translation.get_language()))
    monkeypatch.setattr(worker, "_run_tasks", lambda: False)
    with translation.override("en"):
        worker.run_once()
        assert translation.get_language() == "en"
    assert spoken == ["zh-hans", "zh-hans"]
