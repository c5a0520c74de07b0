"""The desk's page where a chat of a WeChat group is pasted, and its drafts are sent one by one."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from liuchi.cases import words
from liuchi.cases.desk.case import as_id
from liuchi.cases.models import Case, ChatDraft, ChatPaste, Matter
from liuchi.cases.pasting import actions, stored
from liuchi.cases.pasting.words import WHYS
from liuchi.kernel import given
from liuchi.kernel.access import needs
from liuchi.kernel.context import CHINA, of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.media import queries as media
from liuchi.kernel.media.models import Media
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.territory import queries as territory
from liuchi.territory.models import Place

NAMES = "chat_names"  # in the session: how the clerk is called in the groups
SENT = "chat_sent"
FIELDS = ("words", "place_text", "place_id", "phone", "matter")


@never_cache
@needs("cases.take")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The field to paste into, the drafts that wait, and what is in none of them."""
    if request.method != "POST":
        return _page(request)
    if "clear" in request.POST:
        actions.clear(of_request(request, "desk"))
        return redirect("desk_paste")
    if "names" in request.POST:
        request.session[NAMES] = request.POST["names"].strip()[:60]
    pictures = request.FILES.getlist("pictures")
    try:
        if pictures and not request.POST.get("text", "").strip():
            actions.pictures_alone(of_request(request, "desk"), pictures)
            return redirect("desk_paste")
        held = actions.paste(of_request(request, "desk"), request.POST.get("text", ""), _own(request))
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        return _page(request, refused, request.POST.get("text", ""))
    _tell(request, held)
    return redirect("desk_paste")


def _own(request: HttpRequest) -> list[str]:
    """How the clerk is called in the group: what they said, and their own name."""
    said = request.session.get(NAMES, "").replace("，", ",").replace("、", ",").split(",")
    own = request.user.person.name  # type: ignore[union-attr]
    return [name.strip() for name in (*said, own) if len(name.strip()) > 1]


def _tell(request: HttpRequest, held: ChatPaste) -> None:
    """What became of what was pasted."""
    left = stored.left_of(held)
    drafts = held.drafts.count()
    before = sum(one.why in ("taken", "open") for one in left)
    if before:
        messages.info(
            request,
            ngettext(
                "%(count)s message of it came before and is not taken twice.",
                "%(count)s messages of it came before and are not taken twice.",
                before,
            )
            % {"count": before},
        )
    elif not drafts:
        messages.info(request, _("There is no request in it. What it is stands below, line by line."))


def _page(request: HttpRequest, refused: Refused | None = None, text: str = "") -> HttpResponse:
    ctx = of_request(request, "desk")
    held = list(ChatPaste.objects.filter(person_id=ctx.person).order_by("-made_at"))
    drafts = list(ChatDraft.objects.filter(paste__in=held).order_by("order")) if held else []
    contents = [stored.content_of(draft) for draft in drafts]
    context = {
        "refused": refused,
        "text": text,
        "names": request.session.get(NAMES, ""),
        "drafts": _drafts(drafts, contents),
        "left": [
            {"paste": one.pk, "rows": rows} for one in held if (rows := _left(one))
        ],
        "sent": request.session.pop(SENT, None),
        "focus": request.GET.get("at", ""),
        "root": territory.root(),
        "may_import": request.actor.may("cases.dispatch"),  # type: ignore[attr-defined]
        "main_class": "paste-page",
    }  # fmt: skip
    return render(request, "cases/desk/paste.html", context, status=refused.status if refused else 200)


def _drafts(drafts: list[ChatDraft], contents: list[stored.Content]) -> list[dict[str, Any]]:
    keys = [key for content in contents for key in content.pictures]
    photos = {str(one.key): one for one in Media.objects.filter(key__in=keys)} if keys else {}
    places = [UUID(content.place_id) for content in contents if content.place_id]
    spots = {str(one.pk): one for one in Place.objects.filter(pk__in=places).select_related("area")} if places else {}
    chosen = [UUID(content.matter) for content in contents if content.matter]
    matters = {str(one.pk): one for one in Matter.objects.filter(pk__in=chosen)} if chosen else {}
    out = []
    for draft, content in zip(drafts, contents, strict=True):
        spot, matter = spots.get(content.place_id), matters.get(content.matter)
        guesses = [{"id": pk, "name": name, "share": round(share * 100)} for pk, name, share in content.guesses]
        if matter and content.matter not in [one["id"] for one in guesses]:
            guesses.insert(0, {"id": content.matter, "name": matter.label, "share": None})
        out.append(
            {
                "id": draft.pk,
                "said": content,
                "speakers": "、".join(content.speakers),
                "area": spot.area.name if spot and spot.area else "",
                "guesses": guesses,
                "when": words.stamp(content.moment) if content.moment else "",
                "at": f"{content.moment.astimezone(CHINA):%Y-%m-%dT%H:%M}" if content.moment else "",
                "joined": len(content.joined),
                "photos": [_thumb(photos.get(key)) for key in content.pictures],
                "lacking": max(content.pictures_said - len(content.pictures), 0),
                "lines": min(max(content.words.count("\n") + 1, 2), 8),
            }
        )
    return out


def _thumb(photo: Media | None) -> str:
    """The page's own look at a picture that belongs to no request yet; nothing while it is being prepared."""
    return media.url(photo, "thumb", with_pass=True) if photo and photo.thumb else ""


def _left(held: ChatPaste) -> list[dict[str, Any]]:
    return [
        {
            "at": at,
            "text": " ".join(one.lines),
            "why": WHYS[one.why],
            "kind": one.why,
            "number": one.number,
            "may": bool(one.words or one.pictures) and one.why not in ("form", "system"),
        }
        for at, one in enumerate(stored.left_of(held))
    ]


@needs("cases.take")
@require_POST
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """What the clerk does with one draft: `do` is send, merge, split, drop or keep. What was typed is kept first. Pressed
    twice, the second time finds no draft and leads back to the page with a sentence."""
    ctx, do = of_request(request, "desk"), request.POST.get("do", "keep")
    at: UUID | None = draft_id
    with refusal_told(request):
        if do == "drop":
            at = _next(ctx.person, draft_id)
            actions.drop(ctx, draft_id)
        else:
            actions.change(ctx, draft_id, _said(request, draft_id))
        if do == "send":
            following = _next(ctx.person, draft_id)
            case = actions.send(ctx, draft_id)
            at = following
            request.session[SENT] = _answer(case)
        elif do == "merge":
            at = actions.merge(ctx, draft_id)
        elif do == "split":
            at = actions.split(ctx, draft_id, given.whole(request.POST.get("caret", "")) or 0)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({})
    response = redirect("desk_paste")
    if at:
        response["Location"] += f"?at={at}"
    return response


def _answer(case: Case) -> dict[str, str]:
    """What the clerk may say in the group: everybody there reads it, so it holds no receipt."""
    answer = _("We have it, number %(number)s. Somebody will look at it by %(when)s.")
    return {
        "id": str(case.pk),
        "number": case.number,
        "title": words.title(case),
        "answer": answer % {"number": case.number, "when": words.moment(case.step_due)},
    }


def _next(person_id: UUID | None, draft_id: UUID) -> UUID | None:
    """The draft to go on with when this one is gone."""
    mine = list(ChatDraft.objects.filter(paste__person_id=person_id).order_by("order").values_list("pk", flat=True))
    if draft_id not in mine:
        return None
    here = mine.index(draft_id)
    return next(iter(mine[here + 1 :]), mine[here - 1] if here else None)


def _said(request: HttpRequest, draft_id: UUID) -> dict[str, str]:
    said = {name: request.POST[name].strip() for name in FIELDS if name in request.POST}
    for name in ("place_id", "matter"):
        if name in said and as_id(said[name]) is None:
            said[name] = ""
    if "words" in said:
        said["words"] = said["words"].replace("\r\n", "\n")
    if at := request.POST.get("at", ""):
        with suppress(ValueError):
            moment = datetime.fromisoformat(at).replace(tzinfo=CHINA)
            said["at"] = min(moment, timezone.now()).isoformat()
    return said


@needs("cases.take")
@require_POST
def pictures(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Pictures from the clipboard, for one draft."""
    count = actions.add_pictures(of_request(request, "desk"), draft_id, request.FILES.getlist("pictures"))
    return JsonResponse({"pictures": count})


@needs("cases.take")
@require_POST
def after_all(request: HttpRequest, paste_id: UUID, at: int) -> HttpResponse:
    """A line that was left out becomes a draft after all."""
    made = None
    with refusal_told(request):
        made = actions.take_after_all(of_request(request, "desk"), paste_id, at)
    response = redirect("desk_paste")
    if made:
        response["Location"] += f"?at={made}"
    return response
