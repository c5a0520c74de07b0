"""The tables of the cases."""

from liuchi.cases.alike.models import Nearness
from liuchi.cases.models.case import Case, NumberSeries
from liuchi.cases.models.mailbox import MailBox, MailLetter
from liuchi.cases.models.matter import FilingCondition, Matter, Routing
from liuchi.cases.models.orders import OrderImport, OrderRow, OrderSheet
from liuchi.cases.models.pasting import ChatDraft, ChatLine, ChatPaste
from liuchi.cases.models.turning import Motion, Slip

# isort: split
from liuchi.cases.early.models import EarlySign
from liuchi.cases.joining.models import Follower
from liuchi.cases.topics.models import Topic, TopicCase

__all__ = [
    "Case",
    "ChatDraft",
    "ChatLine",
    "ChatPaste",
    "EarlySign",
    "FilingCondition",
    "Follower",
    "MailBox",
    "MailLetter",
    "Matter",
    "Motion",
    "Nearness",
    "NumberSeries",
    "OrderImport",
    "OrderRow",
    "OrderSheet",
    "Routing",
    "Slip",
    "Topic",
    "TopicCase",
]
