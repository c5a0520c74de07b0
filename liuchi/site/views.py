"""Pages that belong to the house as a whole."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuchi.kernel.ui.front import worker_script


def healthz(request: HttpRequest) -> JsonResponse:
    """Answers once the house can work: the database is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root so that it may serve every page."""
    try:
        script = worker_script()
    except FileNotFoundError:
        return HttpResponse(status=404)
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to keep the pages as an app."""
    answer = JsonResponse(
        {
            "name": _("Liuchi"),
            "short_name": _("Liuchi"),
            "description": _("See something wrong? Take a picture, say a line."),
            "lang": translation.get_language(),
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#F7F6F2",
            "theme_color": "#F7F6F2",
            "icons": [
                {"src": static(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
                for name, size, purpose in (
                    ("icon-192.png", 192, "any"),
                    ("icon-512.png", 512, "any"),
                    ("icon-maskable-512.png", 512, "maskable"),
                )
            ],
            "shortcuts": [{"name": _("Report"), "url": "/report"}],
        }
    )
    answer["Content-Type"] = "application/manifest+json"
    return answer


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Chooses the language of this browser and goes back to the page."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)  # which writes line ends and characters as an address has them
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=settings.LANGUAGE_COOKIE_AGE, samesite="Lax")
    return response
