"""PDF from a Typst source of our own and the data that it shows. Typst is loaded when something is first written."""

from __future__ import annotations

import json
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst

# One compiler at a time: it takes a tenth of a second of all cores, and serving goes on meanwhile.
_one = Lock()


@cache
def _fonts() -> typst.Fonts:
    """Only ours: whatever the machine has must not decide how a letter looks, and without any Chinese font Typst prints
    boxes without a word."""
    import pylopdf_fonts_zh_cn as fonts
    import typst

    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.serif_path().parent)]
    )
    missing = {"Noto Serif SC", "Noto Sans SC"} - set(found.families())
    if missing:
        raise RuntimeError(f"fonts for documents are missing: {', '.join(sorted(missing))}")
    return found


def render(source: str, data: dict[str, Any]) -> bytes:
    """The PDF. The source reads ``#let data = json(bytes(sys.inputs.data))``: what people wrote never becomes part of
    the source, so it can't be a command. Families: ``Noto Serif SC``, ``Noto Sans SC``."""
    return _compile(source, data, "pdf")[0]


def pictures(source: str, data: dict[str, Any], ppi: float = 110) -> list[bytes]:
    """The same as PNG, one for each page: for looking at it in a test or a preview."""
    return _compile(source, data, "png", ppi)


def _compile(source: str, data: dict[str, Any], kind: str, ppi: float | None = None) -> list[bytes]:
    import typst

    with _one:
        compiler = typst.Compiler(
            source.encode(), font_paths=_fonts(), sys_inputs={"data": json.dumps(data, ensure_ascii=False)}
        )
        made = compiler.compile(format=kind, ppi=ppi)  # type: ignore[arg-type]
    return made if isinstance(made, list) else [made or b""]
