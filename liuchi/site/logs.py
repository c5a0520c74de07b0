"""What is written to the log says nothing about persons: receipts, tokens and phone numbers are left out."""

import logging
import re

# A receipt opens a report or an errand, a pass a photo, a code the set-up, a letter or a place in a branch.
_SECRET = re.compile(r"(/r/|/follow/|/counter/[en]/|/[vg]/|[?&](?:pass|code|text|q|phone|login|password)=)[^\s&'\"<>]+")
_PHONE = re.compile(r"(?<![\w-])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\w-])")


class Discreet(logging.Formatter):
    """The line with its traceback, each secret replaced by an ellipsis."""

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))


def discreet(text: str) -> str:
    """The text without what opens something and without numbers of people."""
    return _PHONE.sub("…", _SECRET.sub(r"\1…", text))
