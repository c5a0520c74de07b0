"""Answers in the two formats. The JSON follows from the XML by the Spark convention: lists lose the name of their parts."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

from django.http import HttpResponse

from liuchi.cases.open311.rules import FORMATS, PART_OF, printable

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key",
    "Access-Control-Max-Age": "86400",
}


def answer(form: str, name: str, value: Any, status: int = 200) -> HttpResponse:
    """``value`` as the document ``name``."""
    if form == "json":
        body = json.dumps(value, ensure_ascii=False).encode(errors="replace")
    else:
        body = ElementTree.tostring(_element(name, value), encoding="utf-8", xml_declaration=True)
    told = HttpResponse(body, status=status, content_type=f"{FORMATS[form]}; charset=utf-8", headers=CORS)
    told["Cache-Control"] = "no-store"
    return told


def errors(form: str, status: int, description: str) -> HttpResponse:
    """What went wrong, as the specification says it."""
    return answer(form, "errors", [{"code": status, "description": description}], status)


def _element(name: str, value: Any) -> ElementTree.Element:
    made = ElementTree.Element(name)
    if isinstance(value, dict):
        made.extend(_element(key, part) for key, part in value.items())
    elif isinstance(value, list):
        made.extend(_element(PART_OF[name], part) for part in value)
    elif isinstance(value, bool):
        made.text = "true" if value else "false"
    elif value is not None:
        made.text = printable(str(value))
    return made
