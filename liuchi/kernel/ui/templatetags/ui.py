"""Template tags of the components. Each is shown, with its props, on the gallery page."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
@cache
def icon(name: str, extra: str = "") -> SafeString:
    """An icon of the sprite, for the eye only: the words beside it carry the meaning."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"></use></svg>', extra, static("icons.svg"), name
    )


@register.inclusion_tag("ui/button.html")
def button(label: str, kind: str = "", href: str = "", icon: str = "", key: str = "", **more: Any) -> dict[str, Any]:
    """A button, or a link that looks like one. kind: main (one a screen), dark, quiet, danger, small, large, wide."""
    more.setdefault("type", "submit" if more.get("name") else "button")
    attributes = {name.replace("_", "-"): value for name, value in more.items() if name != "type"}
    return {
        "label": label,
        "kind": kind,
        "href": href,
        "icon": icon,
        "key": key,
        "type": more["type"],
        "attributes": attributes,
    }


@register.inclusion_tag("ui/chip.html")
def chip(label: str, tone: str = "", icon: str = "", href: str = "", on: bool = False) -> dict[str, Any]:
    """A short word with a tone: ok, warn, bad, info, or plain."""
    return {"label": label, "tone": "" if tone == "plain" else tone, "icon": icon, "href": href, "on": on}


@register.simple_block_tag(end_name="endcard")
def card(content: str, title: str = "", tone: str = "", more_label: str = "", more_url: str = "") -> SafeString:
    """A card around its content, with a title and a link to more."""
    head: SafeString | str = ""
    if title:
        link = format_html('<a class="small" href="{}">{} ›</a>', more_url, more_label) if more_url else ""
        head = format_html('<div class="card-head"><h2>{}</h2>{}</div>', title, link)
    return format_html('<section class="card {}">{}{}</section>', tone, head, content)


@register.inclusion_tag("ui/clock.html")
def clock(word: str, share: float | None, tone: str = "ok", wide: bool = False) -> dict[str, Any]:
    """What is left, as words and a bar. share: used part of the time, 0 to 1 and beyond."""
    return {"word": word, "tone": tone, "wide": wide, "width": round(min(1.0, max(0.02, share or 0)) * 100)}


@register.inclusion_tag("ui/stops.html")
def stops(line: Sequence[Any]) -> dict[str, Any]:
    """The four stops: each with ``word`` and ``mark`` (done, now, next)."""
    return {"line": line}


@register.inclusion_tag("ui/timeline.html")
def timeline(rows: Sequence[Any]) -> dict[str, Any]:
    """What happened: each row with ``when``, ``words`` and maybe ``note``, ``photos`` and ``mark``."""
    return {"rows": rows}


@register.inclusion_tag("ui/photos.html")
def photos(media: Sequence[Any], large: bool = False) -> dict[str, Any]:
    """A strip of pictures, videos and voices: each with ``url``, ``thumb``, ``kind`` and ``word``."""
    return {"media": media, "large": large}


@register.inclusion_tag("ui/state.html")
def empty(title: str, text: str = "", icon: str = "inbox", label: str = "", url: str = "") -> dict[str, Any]:
    """Nothing here yet: says what would be here, and what to do."""
    return {"title": title, "text": text, "icon": icon, "label": label, "url": url, "tone": ""}


@register.inclusion_tag("ui/state.html")
def failure(title: str, text: str = "", label: str = "", url: str = "") -> dict[str, Any]:
    """Something went wrong: says what, and what to do."""
    return {"title": title, "text": text, "icon": "alert", "label": label, "url": url, "tone": "bad"}


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """A form field with its label, hint and error, tied together for screen readers. A file is chosen with a button of ours:
    the browser's own speaks the language of the browser."""
    names = [f"{bound.id_for_label}_error"] if bound.errors else []
    hint = hint or str(bound.help_text)
    if hint:
        names.append(f"{bound.id_for_label}_hint")
    attributes: dict[str, str | bool] = {"aria-describedby": " ".join(names)} if names else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    kind = getattr(bound.field.widget, "input_type", "")
    if kind == "file":
        attributes["class"] = "unseen"
        attributes["aria-describedby"] = " ".join([*names, f"{bound.id_for_label}_name"])
    control = bound.as_widget(attrs=attributes)
    return {"field": bound, "control": control, "hint": hint, "check": kind == "checkbox", "file": kind == "file"}


@register.simple_tag
def key(name: str) -> SafeString:
    """The key that does the same as what it stands beside."""
    return format_html("<kbd>{}</kbd>", name)


@register.inclusion_tag("ui/banner.html")
def banner(words: str, tone: str = "", icon: str = "", label: str = "", url: str = "") -> dict[str, Any]:
    """A line across the page: tone info, ok, bad, or warning when none is given."""
    return {"words": words, "tone": tone, "icon": icon, "label": label, "url": url}


@register.inclusion_tag("ui/toast.html")
def toast(words: str, tone: str = "", icon: str = "check") -> dict[str, Any]:
    """A short word that goes away by itself."""
    return {"words": words, "tone": tone, "icon": icon}


@register.simple_block_tag(end_name="enddialog")
def dialog(content: str, id: str, title: str, open: bool = False) -> SafeString:
    """A dialog; opened by a script with ``showModal()``, or shown as it is on the gallery page."""
    return format_html(
        '<dialog id="{}" aria-labelledby="{}-title"{}><h2 id="{}-title">{}</h2>{}</dialog>',
        id, id, SafeString(" open") if open else "", id, title, content,
    )  # fmt: skip


@register.inclusion_tag("ui/tabbar.html")
def tabbar(items: Sequence[Any]) -> dict[str, Any]:
    """The phone's tabs, from the nav port."""
    return {"items": items}


@register.inclusion_tag("ui/rail.html")
def rail(items: Sequence[Any]) -> dict[str, Any]:
    """The desk's left rail, from the nav port."""
    return {"items": items}
