"""How channels are called, and why something could not be sent, as one who can mend it reads it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

# What providers and networks answer most often; anything else is shown as it came.
_WHY = {
    "isv.AMOUNT_NOT_ENOUGH": gettext_noop("The account of the text messages is empty. Top it up with the provider."),
    "isv.OUT_OF_SERVICE": gettext_noop("The account of the text messages is closed or in debt. Ask the provider."),
    "isv.SMS_SIGNATURE_ILLEGAL": gettext_noop(
        "The provider does not know this signature. Look whether it was approved."
    ),
    "isv.SMS_TEMPLATE_ILLEGAL": gettext_noop("The provider does not know this template. Look whether it was approved."),
    "isv.TEMPLATE_MISSING_PARAMETERS": gettext_noop("The template has other variables than title or code."),
    "isv.BUSINESS_LIMIT_CONTROL": gettext_noop("Too many to one number, the provider says. Wait an hour."),
    "isv.MOBILE_NUMBER_ILLEGAL": gettext_noop("The number is no mobile number."),
    "SignatureDoesNotMatch": gettext_noop("The provider refuses our key. Enter the key and its secret anew."),
    "InvalidAccessKeyId.NotFound": gettext_noop("The provider refuses our key. Enter the key and its secret anew."),
    "no_code_template": gettext_noop("No template for codes is set up."),
    "address_not_allowed": gettext_noop("The address is not one to which anything may be sent."),
    "wecom_93000": gettext_noop("The robot is not in the group any more. Set it up anew."),
    "wecom_45009": gettext_noop("Too many lines in this group just now. Wait, then send them again."),
    "dingtalk_300001": gettext_noop("The robot is not in the group any more. Set it up anew."),
    "dingtalk_310000": gettext_noop("The group refuses the signature. Enter the robot's secret anew."),
    "dingtalk_130101": gettext_noop("Too many lines in this group just now. Wait, then send them again."),
    "feishu_19001": gettext_noop("The robot is not in the group any more. Set it up anew."),
    "feishu_19021": gettext_noop("The group refuses the signature. Enter the robot's secret anew."),
    "feishu_11232": gettext_noop("Too many lines in this group just now. Wait, then send them again."),
    "push_403": gettext_noop("The browser's push service refuses it. The person has to switch pushes on anew."),
    "push_401": gettext_noop("The browser's push service refuses it. The person has to switch pushes on anew."),
    "NewConnectionError": gettext_noop("Nobody answers there. Is this machine on the internet?"),
    "ConnectTimeoutError": gettext_noop("Nobody answers there. Is this machine on the internet?"),
    "NameResolutionError": gettext_noop("Nobody answers there. Is this machine on the internet?"),
    "ReadTimeoutError": gettext_noop("The other side takes too long to answer."),
    "ConnectionRefusedError 111": gettext_noop("The mail server takes no connection."),
    "SMTPAuthenticationError 535": gettext_noop("The mail server refuses our name or password."),
    "SMTPRecipientsRefused 550": gettext_noop("The mail server knows no such address."),
    "SMTPServerDisconnected": gettext_noop("The mail server ended the connection."),
}


def why(problem: str) -> str:
    """A sentence for what is known; else nothing, and the code stands alone."""
    return _(_WHY[problem]) if problem in _WHY else ""


def channel(name: str) -> str:
    """Mail, text message, push, group."""
    return {
        "mail": pgettext("channel", "E-mail"),
        "sms": _("Text message"),
        "push": pgettext("channel", "Push"),
        "robot": _("Group robot"),
    }.get(name, name)
