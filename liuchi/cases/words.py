"""How a case is told: states, time left, and each thing that happened, as people say it."""

from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from liuchi.cases import rules
from liuchi.cases.models import Case, Matter
from liuchi.kernel.worktime import queries as worktime
from liuchi.kernel.worktime import rules as clocks

WORKING_DAY = 480  # working minutes
DAY = 1440

# Tables of words; the one that is asked for is translated, since a list of fifty asks hundreds of times.
STATES = {
    "reported": gettext_noop("Received"),
    "filed": gettext_noop("Filed"),
    "approval": gettext_noop("Waits for admission"),
    "disputed": gettext_noop("To be decided"),
    "dispatched": gettext_noop("Dispatched"),
    "accepted": gettext_noop("In work"),
    "suspended": gettext_noop("On hold"),
    "handled": gettext_noop("To be checked"),
    "checked": gettext_noop("Checked"),
    "closed": gettext_noop("Closed"),
    "withdrawn": gettext_noop("Withdrawn"),
    "merged": gettext_noop("Merged"),
}
OUTCOMES = {
    "done": gettext_noop("It is done"),
    "part_done": gettext_noop("Done in part"),
    "not_done": gettext_noop("Could not be done"),
    "not_ours": gettext_noop("Not ours; whose it is, is said"),
    "known": gettext_noop("Known already"),
    "invalid": gettext_noop("No request in it"),
    "refused": gettext_noop("Not taken up"),
}
CHANNELS = {
    "phone": gettext_noop("Snap and report"),
    "web": gettext_noop("Web"),
    "desk": gettext_noop("Desk"),
    "call": gettext_noop("Phone call"),
    "walk_in": gettext_noop("At the counter"),
    "visit": gettext_noop("On a visit"),
    "wechat": gettext_noop("WeChat group"),
    "mail": gettext_noop("By e-mail"),
    "hotline": gettext_noop("12345 hotline"),
    "import": gettext_noop("Imported"),
    "api": gettext_noop("Another system"),
    "open311": gettext_noop("Open311"),
    "system": gettext_noop("System"),
    "replay": gettext_noop("Past records"),
    "unit": gettext_noop("Asked by a unit"),
}
PLACE_SOURCES = {
    "gps": gettext_noop("located by the phone"),
    "photo": gettext_noop("from the photo"),
    "map": gettext_noop("tapped on the map"),
    "search": gettext_noop("chosen from the list"),
    "words": gettext_noop("by words alone"),
}


def title(case: Case) -> str:
    """The person's own words; what to say when there are none."""
    return headline(case.title) or (_("Photo without words") if case.channel == "phone" else _("No words"))


def headline(line: str) -> str:
    """A line of up to 60 characters as it is; of a longer one the beginning, up to where it draws breath."""
    if len(line) <= 60:
        return line
    end = max(line.rfind(mark, 12, 48) for mark in "。！？；，：.!?;, ")
    return f"{line[: end if end > 0 else 48]}…"


def state(name: str) -> str:
    """The state for a chip."""
    return _(STATES[name])


def state_for_reporter(case: Case) -> tuple[str, str]:
    """(word, tone) for the one who reported it: fewer states, no office words."""
    if case.state == "withdrawn":
        return _("Withdrawn"), "plain"
    if case.state == "closed":
        if case.outcome == "done":
            return _("Done"), "ok"
        if case.outcome == "not_ours":
            return _("Not ours"), "plain"
        return outcome(case.outcome), "warn" if case.outcome in ("not_done", "part_done") else "plain"
    if case.state == "merged":
        return _("Goes with another report"), "info"
    if case.state in ("reported", "filed", "approval", "disputed"):
        return _("Received"), "info"
    if case.state == "dispatched":
        return _("Passed on"), "info"
    if case.state == "suspended":
        return _("On hold"), "warn"
    return _("In work"), "warn"


def outcome(name: str) -> str:
    """How it ended."""
    return _(OUTCOMES[name]) if name in OUTCOMES else ""


def sentence(case: Case) -> str:
    """What happens now, in one sentence for the reporter."""
    if case.state == "merged" and case.main:
        return _("Somebody reported the same; both are dealt with together. %(sentence)s") % {
            "sentence": sentence(case.main)
        }
    unit = case.unit.name if case.unit else ""
    if case.state == "withdrawn":
        return _("You took it back.")
    if case.state == "closed":
        return case.reply or _("It is done. Thank you for telling us.")
    if case.state == "suspended" and case.suspended_until:
        return _("%(unit)s can't do it before %(day)s; it goes on by itself then.") % {
            "unit": unit,
            "day": formats.date_format(case.suspended_until, "DATE_FORMAT"),
        }
    at_desk = case.state in ("reported", "filed", "approval", "disputed")
    until = case.step_due if at_desk else case.due_at
    facts = {"unit": unit, "when": moment(until)}
    late = until is not None and until < timezone.now()  # a time that is over is no promise
    if at_desk:
        if late:
            return _("We have it. It was to be looked at by %(when)s; we are late, sorry.") % facts
        return _("We have it. Somebody will look at it by %(when)s.") % facts
    if case.state == "dispatched":
        if late:
            return _("%(unit)s has it. It was to be done by %(when)s; we are late, sorry.") % facts
        return _("%(unit)s has it, to be done by %(when)s.") % facts
    if case.state == "accepted":
        if late:
            return _("%(unit)s is at it. It was to be done by %(when)s; we are late, sorry.") % facts
        return _("%(unit)s is at it, to be done by %(when)s.") % facts
    return _("%(unit)s says it is done; we are looking whether it is.") % {"unit": unit}


def stops(case: Case) -> list[dict[str, str]]:
    """The four stops of the line."""
    unit = case.unit.name if case.unit and case.unit.name else ""
    words = {
        "received": _("Received"),
        "dispatched": _("To %(unit)s") % {"unit": unit} if unit else _("Passed on"),
        "in_work": _("In work"),
        "closed": _("Closed"),
    }
    return [{"word": words[stop], "mark": mark} for stop, mark in rules.stops(case.state)]


def matter(of: Matter | None) -> str | None:
    """The matter's name in the reader's language."""
    return of.label if of else None


def channel(name: str) -> str:
    """By which way it came."""
    return _(CHANNELS[name]) if name in CHANNELS else name


def place_source(case: Case) -> str:
    """How the place is known, and how well."""
    known = PLACE_SOURCES.get(case.place_source)
    told = _(known) if known else ""
    if told and case.accuracy and case.place_source == "gps":
        return _("%(how)s, to %(metres)s m") % {"how": told, "metres": round(case.accuracy)}
    return told


def moment(at: datetime | None) -> str:
    """今天 17:30, 明天 9:00, 11月22日 09:42: the shortest that is clear; the year only when it is another."""
    if at is None:
        return ""
    local, now = timezone.localtime(at), timezone.localtime()
    days = (local.date() - now.date()).days
    clock = local.strftime("%H:%M")
    if days == 0:
        return _("today %(clock)s") % {"clock": clock}
    if days == 1:
        return _("tomorrow %(clock)s") % {"clock": clock}
    if days == -1:
        return _("yesterday %(clock)s") % {"clock": clock}
    return f"{formats.date_format(local, 'MONTH_DAY_FORMAT' if local.year == now.year else 'DATE_FORMAT')} {clock}"


def stamp(at: datetime) -> str:
    """11月22日 09:42"""
    local = timezone.localtime(at)
    same_year = local.year == timezone.localtime().year
    return f"{formats.date_format(local, 'MONTH_DAY_FORMAT' if same_year else 'DATE_FORMAT')} {local:%H:%M}"


def limit(value: float, clock: str) -> str:
    """2 紧急工作时, 4 个工作时, 5 个工作日, 15 个自然日"""
    number = int(value) if value == int(value) else value
    return {
        "urgent_hour": ngettext("%(n)s urgent hour", "%(n)s urgent hours", int(value)),
        "work_hour": ngettext("%(n)s working hour", "%(n)s working hours", int(value)),
        "work_day": ngettext("%(n)s working day", "%(n)s working days", int(value)),
        "natural_day": ngettext("%(n)s calendar day", "%(n)s calendar days", int(value)),
    }[clock] % {"n": number}


def clock(case: Case, now: datetime) -> dict[str, Any]:
    """What is left of the step: ``left_minutes`` of its clock (below zero: over), ``left_word``, ``used_share``,
    ``clock_tone``. All None when nothing is waited for."""
    if not (case.step_due and case.step_from and case.step_clock):
        return {"left_minutes": None, "left_word": None, "used_share": None, "clock_tone": None}
    calendar = worktime.current()
    kind: Any = case.step_clock
    left = round(clocks.elapsed(now, case.step_due, kind, calendar))
    used = clocks.share_used(case.step_from, case.step_due, now, kind, calendar)
    return {
        "left_minutes": left,
        "left_word": left_word(left, kind),
        "used_share": round(used, 3),
        "clock_tone": rules.tone(used),
    }


def left_word(minutes: int, kind: str) -> str:
    """1:12 below a day, 3 天 4 时 above; 超 0:40 when it is over. A day of a working clock has eight hours."""
    over, minutes = minutes < 0, abs(minutes)
    day = WORKING_DAY if kind in ("work_hour", "work_day") else DAY
    if minutes < day:
        word = f"{minutes // 60}:{minutes % 60:02d}"
    else:
        days, hours = divmod(minutes, day)
        hours //= 60
        if hours and days < 4:
            word = _("%(days)s d %(hours)s h") % {"days": days, "hours": hours}
        else:
            word = ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    return _("over by %(time)s") % {"time": word} if over else word


def photo_before() -> str:
    """Under a photo of the report."""
    return _("When it was reported")


def photo_after() -> str:
    """Under a photo of the unit."""
    return _("After the work")


def unknown_days(case: Case) -> str:
    """A sentence where the limit reaches into a year whose official holidays and swap days are not known; else nothing."""
    running = (case.limit_from, case.due_at, case.limit_clock) if case.limit_from else None
    start, due, kind = running or (case.step_from, case.step_due, case.step_clock)
    if start is None or due is None or kind not in ("work_hour", "work_day"):
        return ""
    years = worktime.current().unknown_years(start, due)
    if not years:
        return ""
    return _(
        "The working days of %(year)s are not published yet; only weekends are left out, so this time may move."
    ) % {"year": years[0]}
