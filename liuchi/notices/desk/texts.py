"""The texts of notices at the desk: seen, worded anew with a preview, and back to the original."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.notices import actions, rules, texts
from liuchi.notices.forms import TextForm
from liuchi.notices.models import Wording


@require_safe
@needs("notices.set_up")
def listing(request: HttpRequest) -> HttpResponse:
    """All texts as they are said now, in one language."""
    language = _language(request)
    own = {one.key: one for one in Wording.objects.filter(language=language).exclude(title="")}
    rows = []
    for text in texts.declared():
        label = str(text.label)
        with translation.override(language):
            title, body = (own[text.key].title, own[text.key].body) if text.key in own else text.original()
            rows.append(
                {
                    "text": text,
                    "label": label,
                    "title": text.shown(title),
                    "body": text.shown(body),
                    "own": text.key in own,
                }
            )
    context = {"rows": rows, "said_in": language, "languages": settings.LANGUAGES}
    return render(request, "notices/desk/texts.html", context)


@needs("notices.set_up")
def change(request: HttpRequest, key: str) -> HttpResponse:
    """One text in one language. POST with ``preview`` says how it would read, and keeps nothing."""
    text, language = texts.get(key), _language(request)
    if text is None:
        raise Http404
    own = Wording.objects.filter(key=key, language=language).exclude(title="").first()
    with translation.override(language):
        original = [text.shown(part) for part in text.original()]
        now = [text.shown(own.title), text.shown(own.body)] if own else original
    form = TextForm(request.POST or None, initial={"title": now[0], "body": now[1]})
    said: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        written = form.cleaned_data["title"], form.cleaned_data["body"]
        ctx = of_request(request, "desk")
        if request.POST.get("preview"):
            said = form.carry_out(lambda: _preview(text, language, *written)) or ()
        elif form.carry_out(lambda: actions.word(ctx, key, language, *written)):
            messages.success(request, _("Saved. From now on it is said like this."))
            return redirect(f"{request.path}?language={language}")
    elif request.method != "POST":
        said = _preview(text, language, *now)
    with translation.override(language):
        names = [
            (rules.braced(label), example)
            for label, example in zip(text.called().values(), text.examples().values(), strict=True)
        ]
    context: dict[str, Any] = {
        "text": text, "form": form, "own": own, "original": original, "said": said, "names": names,
        "said_in": language, "languages": settings.LANGUAGES,
    }  # fmt: skip
    partial = request.headers.get("HX-Request")
    return render(request, "notices/desk/_said.html" if partial else "notices/desk/text.html", context)


@require_POST
@needs("notices.set_up")
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Back to the original."""
    language = _language(request)
    if texts.get(key) is None:
        raise Http404
    if actions.back_to_original(of_request(request, "desk"), key, language):
        messages.success(request, _("The original words are back."))
    return redirect(f"/desk/notices/texts/{key}?language={language}")


def _preview(text: texts.Text, language: str, title: str, body: str) -> tuple[str, str]:
    """How it reads, with an example for each placeholder. Raises Refused as keeping it would."""
    kept = actions.in_store(text.key, language, title, body)
    with translation.override(language):
        examples = text.examples()
    return rules.filled(kept[0], examples), rules.filled(kept[1], examples)


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
