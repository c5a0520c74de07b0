"""The letter on paper: PDF to be handed over, Word for an office that wants to change it."""

from liuchi.admissions.paper.letters import Paper, as_pdf, as_pictures, as_word, chinese_day, papers

__all__ = ["Paper", "as_pdf", "as_pictures", "as_word", "chinese_day", "papers"]
