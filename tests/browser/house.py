"""Runs what a browser test asks of the house: one program for all questions, because starting Django takes longer than answering.

Each line that comes in is a JSON text of Python code; each line that goes out is ``{"answer": …}`` or ``{"error": …}``.
"""

import io
import json
import sys
import traceback
from contextlib import redirect_stdout

import django

django.setup()

from django.db import close_old_connections, connection  # noqa: E402
from django.utils import translation  # noqa: E402

from liuchi.site.cli import main as program  # noqa: E402

BEFORE = "from liuchi.cases.tests.helpers import *\nfrom liuchi.cases.models import Case\nanswer = None\n"


def liuchi(*arguments: str) -> None:
    """Carries out a command of the command line; what it prints goes nowhere."""
    sys.argv = ["liuchi", *arguments]
    try:
        with redirect_stdout(io.StringIO()), translation.override(translation.get_language()):
            program()
    except SystemExit as ended:
        assert not ended.code, arguments


def main() -> None:
    """Answers until the test run closes the pipe."""
    for line in sys.stdin:
        space: dict[str, object] = {"liuchi": liuchi}
        try:
            exec(BEFORE + json.loads(line), space)
            said = {"answer": space["answer"]}
        except Exception:
            said = {"error": traceback.format_exc()}
        # No connection is kept: the server writes to the same file.
        close_old_connections()
        connection.close()
        print(json.dumps(said, default=str), flush=True)


if __name__ == "__main__":
    main()
