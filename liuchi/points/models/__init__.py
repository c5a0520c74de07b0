"""What points keep: the books, the rules, the shop window, statements."""

from liuchi.points.models.books import Account, Entry, Transfer
from liuchi.points.models.rulesets import Rule, RuleSet
from liuchi.points.models.shop import Gift, Reservation, Window
from liuchi.points.models.statements import Statement

__all__ = ["Account", "Entry", "Gift", "Reservation", "Rule", "RuleSet", "Statement", "Transfer", "Window"]
