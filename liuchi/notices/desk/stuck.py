"""What could not be sent, with why; and sending it again by hand."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.delivery import actions as delivery
from liuchi.kernel.delivery import channels, queries
from liuchi.notices import words

SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@needs("notices.mail")
def stuck(request: HttpRequest) -> HttpResponse:
    """What was given up, with why; POST sends the chosen ones (``sending``) again. Shows no address and no words."""
    if request.method == "POST":
        count = delivery.try_again(of_request(request, "desk"), _uuids(request.POST.getlist("sending")))
        said = ngettext("%(count)s goes out again.", "%(count)s go out again.", count) % {"count": count}
        if count:
            messages.success(request, said)
        else:
            messages.error(request, _("Choose what should go out again."))
        return redirect("stuck")
    found = list(queries.stuck()[: SHOWN + 1])
    for one in found:
        one.by, one.why = words.channel(one.channel), words.why(one.problem)  # type: ignore[attr-defined]
    context = {
        "stuck": found[:SHOWN],
        "more": len(found) > SHOWN,
        "ways": [(words.channel(name), channels.is_on(name)) for name in ("mail", "sms")],
        "links": bool(settings.PUBLIC_URL),
    }
    return render(request, "notices/desk/stuck.html", context)


def _uuids(given: list[str]) -> list[UUID]:
    found = []
    for text in given:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
