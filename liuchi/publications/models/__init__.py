"""The tables of publications."""

from liuchi.publications.models.counts import Count, Seen
from liuchi.publications.models.leaflets import Batch, HandOut, Material
from liuchi.publications.models.lectures import Lecture, Question, Reminder
from liuchi.publications.models.lessons import Done, Lesson, LessonVersion, Teaching
from liuchi.publications.models.services import ServiceItem

__all__ = [
    "Batch",
    "Count",
    "Done",
    "HandOut",
    "Lecture",
    "Lesson",
    "LessonVersion",
    "Material",
    "Question",
    "Reminder",
    "Seen",
    "ServiceItem",
    "Teaching",
]
