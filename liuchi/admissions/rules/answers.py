"""What somebody answers in the form of a programme: read, checked, and as what is granted takes it. Pure; no Django."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from liuchi.admissions.rules.definition import LONGEST, PHOTOS, Definition, Field, as_day

_PHONE = re.compile(r"\+?[\d\s\-]{7,30}\Z")


def checked_answers(
    said: Definition, given: Mapping[str, Any], *, sending: bool
) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers as they are kept, and what is wrong with them: key -> code (required, choice, number, date, phone,
    long, photos). sending: what is required must be there; a draft may lack it."""
    kept: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for one in said.fields:
        value, code = _checked(one, given.get(one.key))
        if code:
            wrong[one.key] = code
        elif value in (None, "", [], False):
            if sending and one.required:
                wrong[one.key] = "required"
        else:
            kept[one.key] = value
    return kept, wrong


def _checked(one: Field, given: Any) -> tuple[Any, str]:
    if one.kind == "consent":
        return bool(given), ""
    if one.kind in ("several", "photo"):
        values = [str(part) for part in given] if isinstance(given, list | tuple) else []
        if one.kind == "several":
            return [part for part in one.choices if part in values], "" if set(values) <= set(one.choices) else "choice"
        return values, "photos" if len(values) > PHOTOS or not all(_is_uuid(part) for part in values) else ""
    if one.kind == "place" and isinstance(given, Mapping):
        return _place(given)
    text = str(given if given is not None else "").replace("\x00", "").strip()
    if not text:
        return "", ""
    if len(text) > LONGEST.get(one.kind, 120):
        return text, "long"
    if one.kind == "choice":
        return text, "" if text in one.choices else "choice"
    if one.kind == "number":
        return text, "" if re.fullmatch(r"\d{1,9}(\.\d{1,2})?", text, re.ASCII) else "number"
    if one.kind == "date":
        return as_day(text), "" if as_day(text) else "date"
    if one.kind == "phone":
        return text, "" if _PHONE.match(text) else "phone"
    return text, ""


def _place(given: Mapping[str, Any]) -> tuple[Any, str]:
    """Words, or ``{"words", "lon", "lat"}`` where there is a dot as well (WGS-84)."""
    text = str(given.get("words") or "").replace("\x00", "").strip()
    if len(text) > LONGEST["place"]:
        return text, "long"
    if given.get("lon") in (None, "") or given.get("lat") in (None, ""):
        return text, ""
    try:
        lon, lat = round(float(given["lon"]), 6), round(float(given["lat"]), 6)
    except (TypeError, ValueError):
        return text, "spot"
    if not (-180 <= lon <= 180 and -85 <= lat <= 85):  # not a number is neither
        return text, "spot"
    return {"words": text, "lon": lon, "lat": lat}, ""


def spot_of(answer: Any) -> tuple[float, float] | None:
    """The dot of an answer to a question for a place, if one was put on the map."""
    return (answer["lon"], answer["lat"]) if isinstance(answer, Mapping) and "lon" in answer else None


def as_granted(said: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as what is granted reads them: places in words, and the first dot on the map as ``lon`` and ``lat``."""
    out: dict[str, Any] = {}
    spots = []
    for key, value in answers.items():
        out[key] = value["words"] if isinstance(value, Mapping) and "words" in value else value
    for one in said.fields:
        spot = spot_of(answers.get(one.key)) if one.kind == "place" else None
        if spot:
            spots.append(spot)
    if spots:
        out["lon"], out["lat"] = spots[0]
    return out


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
