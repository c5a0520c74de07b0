"""The desk's page for mail that could not be sent."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.delivery import actions as delivery
from liuchi.kernel.delivery import queries

SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@needs("notices.mail")
def stuck_mail(request: HttpRequest) -> HttpResponse:
    """Mail that was given up, with why; POST sends the chosen ones (``mail``) again. Shows no address and no words."""
    if request.method == "POST":
        count = delivery.try_again(of_request(request, "desk"), _uuids(request.POST.getlist("mail")))
        said = ngettext("%(count)s mail goes out again.", "%(count)s mails go out again.", count) % {"count": count}
        messages.success(request, said if count else _("Choose the mails that should go out again."))
        return redirect("stuck_mail")
    stuck = list(queries.stuck()[: SHOWN + 1])
    context = {"stuck": stuck[:SHOWN], "more": len(stuck) > SHOWN, "mail_is_on": delivery.mail_is_on()}
    return render(request, "notices/stuck_mail.html", context)


def _uuids(given: list[str]) -> list[UUID]:
    found = []
    for text in given:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
