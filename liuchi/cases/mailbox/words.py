"""Why a mailbox can't be read, and what became of letters."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "network": _("The mail server does not answer. Compare its name and port."),
    "login": _(
        "The mail server refuses name or password. Many providers want a password of its own for programs (授权码)."
    ),
    "folder": _("There is no such folder in the mailbox."),
    "certificate": _("The certificate of the mail server is not in order."),
    "answer": _("The mail server answered something unexpected."),
}
LETTERS = {
    "new": _("became requests"),
    "added": _("were added to a request"),
    "machine": _("written by programs, left alone"),
    "empty": _("without words and pictures"),
    "too_large": _("larger than 25 MB"),
    "refused": _("could not be taken; please look into the mailbox"),
}
