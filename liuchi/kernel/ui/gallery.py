"""The components, each with a demonstration. What is shown is rendered from the very code that is printed beside it."""

import re
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest
from django.template import RequestContext, Template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi.kernel.ui import nav
from liuchi.kernel.ui.front import folder


@dataclass(frozen=True)
class Entry:
    """One component: props are (name, what it takes)."""

    key: str
    title: str
    note: str
    code: str
    props: list[tuple[str, str]] = field(default_factory=list)
    context: dict[str, Any] = field(default_factory=dict)
    demo: str = ""


class _Sample(forms.Form):
    place = forms.CharField(label=gettext_lazy("Place"), help_text=gettext_lazy("A gate, a building, a crossing"))
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False)
    kept = forms.BooleanField(label=gettext_lazy("Tell me when it is done"), required=False)


def icon_names() -> list[str]:
    """The icons of the built sprite."""
    sprite = folder() / "icons.svg"
    return re.findall(r'<symbol id="([^"]+)"', sprite.read_text()) if sprite.exists() else []


def _stop(key: str, label: str, icon: str, here: bool = False, count: int = 0) -> nav.Shown:
    return nav.Shown(nav.Stop(key, label, icon, f"#{key}", 0), here, count)


def _line(now: int) -> list[dict[str, str]]:
    words = [_("Received"), _("Sent to the property manager"), _("Being handled"), _("Done")]
    return [
        {"word": word, "mark": "done" if at < now else "now" if at == now else "next"} for at, word in enumerate(words)
    ]


def _entries() -> list[Entry]:
    tone = ("tone", "ok · warn · bad · info · plain")
    return [
        Entry("button", _("Button"), _("One red button a screen: the action that matters."),
              '{% button label kind="main" icon="camera" %}\n{% button other %}\n{% button other kind="dark" key="R" %}\n{% button other kind="quiet" %}\n{% button other kind="danger" icon="bin" %}\n{% button other kind="small" %}\n{% button other disabled="disabled" %}',
              [("kind", "main · dark · quiet · danger · small · large · wide"), ("href", "url"), ("icon", "name"), ("key", "N")],
              {"label": _("Snap and report"), "other": _("Send elsewhere")}),
        Entry("chip", _("Chip"), _("A short word with a tone. Colour never stands alone."),
              '{% chip "12345" %}\n{% chip done "ok" %}\n{% chip soon "warn" %}\n{% chip late "bad" %}\n{% chip told "info" "info" %}\n{% chip all "" "" "#chip" True %}\n{% chip some "" "" "#chip" %}',
              [tone, ("icon", "name"), ("href", "url"), ("on", "True · False")],
              {"done": _("Done"), "soon": _("Being handled"), "late": _("Overdue"), "told": _("Suggested"), "all": _("To dispatch 14"), "some": _("To check 9")}),
        Entry("card", _("Card"), _("White, a hairline, no shadow."),
              '{% card title=title more_label=more more_url="#card" %}<p class="soft">{{ words }}</p>{% endcard %}',
              [("title", "text"), ("tone", "flat · info · warn · bad · tile"), ("more_label, more_url", "link")],
              {"title": _("My reports"), "more": _("All 6"), "words": _("The property manager is fencing it off; done by 17:30 today.")}),
        Entry("clock", _("Clock"), _("Time is said as what is left, with a bar."),
              '{% clock "6:40" 0.3 "ok" %}\n{% clock "1:50" 0.62 "warn" %}\n{% clock "0:38" 0.88 "bad" %}\n<div class="full">{% clock left 0.78 "warn" True %}</div>',
              [("word", "text"), ("share", "0 … 1"), ("tone", "ok · warn · bad"), ("wide", "True · False")], {"left": _("1 hour 12 minutes left")}),
        Entry("stops", _("State line"), _("Four stops that anyone can read, not a status code."),
              '<div class="full">{% stops line %}</div>\n<div class="full">{% stops finished %}</div>',
              [("line", "[{word, mark: done · now · next}]")], {"line": _line(2), "finished": _line(4)}),
        Entry("timeline", _("Timeline"), _("What happened, oldest first; now is a ring."), "{% timeline rows %}",
              [("rows", "[{when, who, words, note, photos, mark: done · now · waiting}]")],
              {"rows": [
                  {"when": "09:42", "who": _("You"), "words": _("Reported by phone, with a photo"), "mark": "done"},
                  {"when": "09:51", "words": _("Lies in grid 7; sent to the property manager"), "note": _("Please look today, children walk there."), "mark": "done"},
                  {"when": _("now"), "words": _("Waiting to be accepted, by 11:03"), "mark": "now"}]}),
        Entry("photos", _("Photo strip"), _("Scrolls sideways; each opens in full."), "{% photos media %}",
              [("media", "[{kind: photo · voice · video, url, thumb, word}]"), ("large", "True · False")],
              {"media": [{"kind": "photo", "url": "#photos", "thumb": "/static/icon-192.png", "word": _("Before")},
                         {"kind": "photo", "url": "#photos", "thumb": "/static/icon-512.png", "word": _("After")}]}),
        Entry("map", _("Map"), _("Quiet ground, grids as dashed lines; the only strong colour is the dot that matters. Says so where there is no map."),
              '<div class="spot map" data-spot></div>',
              [("data-lon, data-lat", _("degrees (WGS-84); without them the whole place")), ("data-tone", "ok · warn · bad · info")]),
        Entry("empty", _("Empty state"), _("Says what would be here, and what to do."),
              '<div class="full">{% empty title text "inbox" label "/report" %}</div>',
              [("title, text", "text"), ("icon", "name"), ("label, url", "link")],
              {"title": _("Nothing reported yet"), "text": _("What you report stands here, with how far it is."), "label": _("Report something")}),
        Entry("failure", _("Error state"), _("Says what went wrong, and what to do."),
              '<div class="full">{% failure title text label "#failure" %}</div>', [("title, text", "text"), ("label, url", "link")],
              {"title": _("The list could not be loaded"), "text": _("The network is weak here. What you wrote is kept."), "label": _("Try again")}),
        Entry("field", _("Field with error"), _("The sentence says what to do and is tied to the field."),
              '<div class="full stack">{% field form.place %}{% field form.phone %}{% field form.kept %}</div>', [("bound", "form field"), ("hint", "text")],
              {"form": _Sample({"place": "", "phone": "1380000"})}),
        Entry("key", _("Key hint"), _("Every action at the desk has its key beside it."), '{% key "N" %} {% key "/" %} {% key "↵" %}', [("name", "text")]),
        Entry("banner", _("Banner"), _("What waits; a bad network is an ordinary state."),
              '<div class="full stack">{% banner waiting %}{% banner offline "info" "offline" %}{% banner sent "ok" "check" %}{% banner stuck "bad" "alert" label "#banner" %}</div>',
              [tone, ("icon", "name"), ("label, url", "link")],
              {"waiting": _("2 reports wait for the network and go out by themselves"), "offline": _("No network. You see what was last loaded."), "sent": _("Saved"), "stuck": _("One report needs another look"), "label": _("Look")}),
        Entry("toast", _("Toast"), _("A short word that goes away by itself."), '<div class="toasts">{% toast words %}{% toast bad "bad" "alert" %}</div>',
              [("words", "text"), ("tone", "bad"), ("icon", "name")], {"words": _("Accepted"), "bad": _("The server did not answer")}),
        Entry("dialog", _("Dialog"), _("From below on the phone, in the middle on the desk."),
              '{% dialog "sample" title True %}<p class="soft">{{ words }}</p><div class="actions">{% button no %}{% button yes kind="dark" %}</div>{% enddialog %}',
              [("id, title", "text"), ("open", "True · False")],
              {"title": _("Take the report back?"), "words": _("Nobody will work on it then. You can report again at any time."), "no": _("No"), "yes": _("Take it back")}),
        Entry("tabbar", _("Tab bar"), _("Comes from the nav port; each app registers its stops."), '<div class="phone-wide">{% tabbar tabs %}</div>', [("items", "nav.shown(…)")],
              {"tabs": [_stop("home", _("Home"), "home", True), _stop("mine", _("My reports"), "inbox"), _stop("tasks", _("Tasks"), "tasks", count=3), _stop("me", _("Me"), "person")]}),
    ]  # fmt: skip


def entries(request: HttpRequest) -> list[Entry]:
    """All components with their demonstrations rendered in the language of the request."""
    shown = []
    for entry in _entries():
        demo = Template(entry.code).render(RequestContext(request, entry.context))
        shown.append(Entry(entry.key, entry.title, entry.note, entry.code, entry.props, {}, demo))
    return shown
