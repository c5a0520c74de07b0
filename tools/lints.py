"""Companions of the import linter: what it can't see. Run as ``python -m tools.lints``; prints each fault as file:line."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "liuchi"
# From the ground up; the siblings of one floor know nothing of each other.
FLOORS = [
    {"kernel"}, {"territory"}, {"people"}, {"notices"}, {"points"}, {"cases"}, {"places", "admissions", "publications"}, {"duties"}, {"site"},
]  # fmt: skip
_INCLUDE = re.compile(r"\{%\s*(?:include|extends)\s+[\"'](\w+)/")
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>|<style[\s>]|\sstyle=[\"']|\son\w+=[\"']")
_HOSTS = re.compile(r"(?:pypi|npmjs|pythonhosted|npmmirror|tuna\.tsinghua)\.(?:org|com|cn|edu)", re.I)
Fault = tuple[Path, int, str]


def floor_of(path: Path) -> str:
    """The app a file belongs to."""
    return path.relative_to(PACKAGE).parts[0]


def is_above(app: str, floor: str) -> bool:
    """Whether an app stands above a floor, or beside it."""
    at = {name: height for height, floors in enumerate(FLOORS) for name in floors}
    return app != floor and app in at and floor in at and at[app] >= at[floor]


def upward_strings(path: Path, tree: ast.Module) -> Iterator[Fault]:
    """String foreign keys and get_model that reach up."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        first = node.args[0]
        if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
            continue
        if name in ("ForeignKey", "OneToOneField", "ManyToManyField", "get_model"):
            app = first.value.split(".")[0]
            if is_above(app, floor_of(path)):
                yield path, node.lineno, f"{name}({first.value!r}) reaches up to {app}"


def clocks(path: Path, tree: ast.Module) -> Iterator[Fault]:
    """now() and today() in actions and rules: time comes in through the Context."""
    parts = path.relative_to(PACKAGE).parts
    if not {"actions.py", "rules.py", "actions", "rules"} & set(parts):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ("now", "today", "utcnow", "localtime", "localdate") and not node.args:
                yield path, node.lineno, f"{name}() in an action or a rule: take the time from the Context"


def signals(path: Path, tree: ast.Module) -> Iterator[Fault]:
    """No Django signals: the flow has one direction."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.ImportFrom)
            and node.module
            and node.module.startswith("django.")
            and "signals" in node.module
        ):
            yield path, node.lineno, "Django's signals are not used here; consumers read the journal"


def templates() -> Iterator[Fault]:
    """Includes that reach up, and inline script or style, which the browser would refuse."""
    for path in sorted(PACKAGE.glob("**/templates/**/*.*")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            for app in _INCLUDE.findall(line):
                if is_above(app, floor_of(path)):
                    yield path, number, f"includes a template of {app}"
            if path.suffix == ".html" and _INLINE.search(line) and not path.match("*/email/*"):
                yield path, number, "inline script or style: the content security policy forbids it"


def hosts() -> Iterator[Fault]:
    """No text names a registry's host."""
    root = PACKAGE.parent
    for pattern in (
        "*.md",
        "*.py",
        "*.json",
        "*.toml",
        "*.txt",
        "run",
        "test",
        "docs/**/*.md",
        "liuchi/**/*.py",
        "frontend/**/*.*",
        "requirements/*",
    ):
        for path in sorted(root.glob(pattern)):
            if path.is_file() and path != Path(__file__).resolve():
                for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
                    if _HOSTS.search(line):
                        yield path, number, "names a package registry's host"


def faults() -> Iterator[Fault]:
    """Everything that is wrong."""
    for path in sorted(PACKAGE.glob("**/*.py")):
        if "migrations" in path.parts or "tests" in path.parts:
            continue
        tree = ast.parse(path.read_text())
        for check in (upward_strings, clocks, signals):
            yield from check(path, tree)
    yield from templates()
    yield from hosts()


def main() -> int:
    """Prints the faults; 1 if there are any."""
    found = list(faults())
    for path, line, what in found:
        print(f"{path.relative_to(PACKAGE.parent)}:{line}: {what}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
