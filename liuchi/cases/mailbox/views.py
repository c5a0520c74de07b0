"""The administrator's page of the mailbox: how it is reached, whether it is read, what became of its letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from liuchi.cases.mailbox import actions
from liuchi.cases.mailbox.words import LETTERS, PROBLEMS
from liuchi.cases.models import MailBox
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.delivery.actions import mail_is_on
from liuchi.people.forms import DeskForm


class MailBoxForm(DeskForm):
    """How the mailbox is reached."""

    address = forms.EmailField(label=gettext_lazy("Address to which people write"), max_length=200)
    host = forms.CharField(
        label=gettext_lazy("Mail server (IMAP)"), max_length=200, help_text=gettext_lazy("Such as imap.exmail.qq.com")
    )
    port = forms.IntegerField(label=gettext_lazy("Port"), min_value=1, max_value=65535, initial=993)
    security = forms.ChoiceField(
        label=gettext_lazy("Encryption"),
        choices=[
            ("tls", gettext_lazy("TLS (993)")),
            ("starttls", "STARTTLS (143)"),
            ("plain", gettext_lazy("none, on this machine only")),
        ],
    )
    username = forms.CharField(label=gettext_lazy("Sign-in name of the mailbox"), max_length=200)
    password = forms.CharField(
        label=gettext_lazy("Password of the mailbox"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Kept encrypted. Leave empty to keep the one we have."),
    )
    folder = forms.CharField(label=gettext_lazy("Folder that is read"), max_length=80, initial="INBOX")
    done_folder = forms.CharField(
        label=gettext_lazy("Folder for what was read"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Empty: letters stay where they are, marked as read."),
    )
    on = forms.BooleanField(label=gettext_lazy("Read it every minute"), required=False, initial=True)


FIELDS = ("address", "host", "port", "security", "username", "folder", "done_folder", "on")


@never_cache
@needs("cases.mailbox")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Shows and keeps it; before it is kept it is opened once, so that what is wrong is said at once."""
    held = MailBox.objects.first()
    ctx = of_request(request, "desk")
    if request.method == "POST" and "drop" in request.POST:
        actions.drop(ctx)
        messages.success(request, _("The mailbox is no longer read; its password is deleted."))
        return redirect("desk_mailbox")
    first: dict[str, Any] = {name: getattr(held, name) for name in FIELDS} if held else {}
    form = MailBoxForm(request.POST or None, initial=first)
    if held is None:
        form.fields["password"].required, form.fields["password"].help_text = True, _("Kept encrypted.")
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in FIELDS}
        if form.carry_out(lambda: actions.keep(ctx, MailBox(**said), form.cleaned_data["password"])) is not None:
            messages.success(request, _("The mailbox answers, and is read from now on."))
            return redirect("desk_mailbox")
    counts = actions.counts(ctx.recorded_at)
    context = {
        "form": form,
        "held": held,
        "by_environment": held is None and actions.mailbox() is not None,
        "problem": PROBLEMS.get(held.problem) if held else "",
        "counts": [(count, LETTERS[word], word) for word, count in counts.items() if word in LETTERS],
        "answers": mail_is_on(),
    }
    return render(request, "cases/mailbox/page.html", context)
