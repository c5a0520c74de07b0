"""The command line speaks one language: that of the machine, as ``./run`` does."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import translation

from liuchi.site import worker

# Several commands, one after the other; what each said, as JSON.
ASK = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
from liuchi.site.cli import main
said = []
for arguments in json.loads(sys.argv[1]):
    sys.argv = ["liuchi", *arguments]
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(out):
        try:
            main()
        except SystemExit:
            pass
    said.append(out.getvalue())
print(json.dumps(said))
"""


def told(commands: list[list[str]], var: Path, **environment: str) -> list[str]:
    # A house of its own: neither this one's language nor its database.
    own = ("LC_ALL", "LC_MESSAGES", "LANG", "LIUCHI_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    done = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(commands)],
        env={**kept, "LIUCHI_VAR": str(var), "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True, encoding="utf-8", timeout=60, check=True,
    )  # fmt: skip
    return list(json.loads(done.stdout))


@pytest.mark.parametrize(
    ("name", "value", "column"),
    [("LANG", "zh_CN.UTF-8", 0), ("LC_ALL", "zh_CN.UTF-8", 0), ("LC_MESSAGES", "zh_CN", 0), ("LANG", "C.UTF-8", 1)],
)
def test_every_command_speaks_the_language_of_the_machine(tmp_path: Path, name: str, value: str, column: int) -> None:
    nothing = tmp_path / "nothing.tar"
    nothing.write_bytes(b"no tar")
    commands = [["words"], ["cases", "train"], ["restore", str(nothing)]]
    sentences = [
        ("份译文", "catalogues compiled"), ("二者选一", "Give either a FILE or --from-db."), ("备份", "backup"),
    ]  # fmt: skip
    for said, sentence in zip(told(commands, tmp_path, **{name: value}), sentences, strict=True):
        assert sentence[column] in said


def test_what_the_worker_writes_for_everybody_is_in_the_language_of_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    spoken: list[str | None] = []
    monkeypatch.setattr(worker.ticks, "run_due", lambda *_args, **_more: spoken.append(translation.get_language()))
    monkeypatch.setattr(worker, "_run_tasks", lambda: False)
    with translation.override("en"):
        worker.run_once()
        assert translation.get_language() == "en"
    assert spoken == ["zh-hans", "zh-hans"]
