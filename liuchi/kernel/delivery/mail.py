"""The channel of e-mail (SMTP)."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from liuchi.kernel import crypto
from liuchi.kernel.delivery.channels import Channel, Failed, Send
from liuchi.kernel.delivery.models import Sending


def is_on() -> bool:
    """Whether this installation sends mail (``LIUCHI_MAIL``)."""
    return not settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend")


@contextmanager
def opened() -> Iterator[Send]:
    """One connection for a round. One whose worker dies between the server's yes and ours goes out again under the same
    Message-ID, which mail servers and readers know as one."""
    backend = get_connection()
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")

    def send(mail: Sending) -> None:
        link = f"\n\n{settings.PUBLIC_URL}{mail.url}" if settings.PUBLIC_URL and mail.url else ""
        try:
            EmailMessage(
                mail.subject,
                f"{mail.body}{link}\n" if link else mail.body,
                to=[crypto.decrypt(mail.address, f"mail:{mail.pk}")],
                headers={
                    "Message-ID": f"<{mail.pk}@{host}>",
                    "Auto-Submitted": "auto-generated",
                },  # RFC 3834: no machine answers it
                connection=backend,
            ).send()
        except Exception as error:  # whatever the mail server or the network does, the mail is kept
            backend.close()  # the connection may be in any state: the next mail opens its own
            raise Failed(_problem(error), final=_is_final(error)) from None

    try:
        yield send
    finally:
        backend.close()


def _is_final(error: Exception) -> bool:
    """Whether the server said that this address will never work (RFC 5321: 5xx), so that trying again only annoys."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return isinstance(error, crypto.CryptoError)


def _problem(error: Exception) -> str:
    """What went wrong, without the address that servers like to repeat."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({str(code) for code, _words in error.recipients.values()})
        return f"SMTPRecipientsRefused {' '.join(codes)}"
    code = getattr(error, "smtp_code", None) or getattr(error, "errno", None)
    return f"{type(error).__name__} {code or ''}".strip()


CHANNEL = Channel(is_on, opened)
