"""The addresses of publications in the access matrix, and the things that they are about."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.utils import timezone

from liuchi.kernel.context import Context
from liuchi.people.actions import give_consent
from liuchi.publications.actions import leaflets, lectures, lessons, services
from tests.access.rows import Row

ROWS: list[Row] = [
    #   method  address                                              about           ARrWLCDHSVX    ARrWLCDHSVX
    # Lessons, lectures, leaflets and the list of services are open to everybody
    Row("GET",  "lessons",                                           "",             "+++++++++++"),
    Row("GET",  "x/<str:short>",                                     "lesson_code",  "+++++++++++", "+++++++++++"),
    Row("POST", "x/<str:short>/quiz",                                "lesson_code",  "+++++++++++", "+++++++++++"),
    Row("POST", "x/<str:short>/sign",                                "lesson_code",  ">++++++++++", ">++++++++++"),
    Row("GET",  "lectures",                                          "",             "+++++++++++"),
    Row("GET",  "lectures/<uuid:pk>",                                "lecture",      "+++++++++++", "+++++++++++"),
    Row("GET",  "lectures/<uuid:pk>/questions",                      "lecture",      "+++++++++++", "+++++++++++"),
    Row("POST", "lectures/<uuid:pk>/ask",                            "lecture",      "+++++++++++", "+++++++++++"),
    Row("POST", "lectures/<uuid:pk>/vote",                           "lecture",      "+++++++++++", "+++++++++++"),
    Row("GET",  "l/<str:short>",                                     "leaflet_code", "+++++++++++", "+++++++++++"),
    Row("GET",  "services",                                          "",             "+++++++++++"),
    Row("GET",  "services/<uuid:pk>",                                "service_item", "+++++++++++", "+++++++++++"),
    Row("POST", "services/<uuid:pk>/use",                            "service_item", "+++++++++++", "+++++++++++"),
    # What one was given to hand out oneself; the reporter of each side was given its batch
    Row("POST", "lectures/<uuid:pk>/remind",                         "lecture",      ">++++++++++", ">++++++++++"),
    Row("POST", "leaflets/<uuid:pk>/undo",                           "batch",        ">+000000000", ">0000000000"),
    Row("GET",  "leaflets",                                          "",             ">++++++++++"),
    Row("POST", "leaflets/<uuid:pk>/handed",                         "batch",        ">+000000000", ">0000000000"),
    # The desk
    Row("GET",  "desk/publications",                                 "",             ">---+++-++-"),
    Row("GET",  "desk/publications/lessons/new",                     "",             ">----++----"),
    Row("GET",  "desk/publications/lessons/<uuid:pk>",               "lesson",       ">----++----", ">----00----"),
    Row("GET",  "desk/publications/lessons/<uuid:pk>/facts",         "lesson",       ">----++----", ">----00----"),
    Row("POST", "desk/publications/lessons/<uuid:pk>/end",           "lesson",       ">----++----", ">----00----"),
    Row("GET",  "desk/publications/lessons/<uuid:pk>/sheet",         "lesson",       ">---+++-++-", ">---000-00-"),
    Row("GET",  "desk/publications/lessons/<uuid:pk>/taught",        "lesson",       ">----++----", ">----00----"),
    Row("GET",  "desk/publications/lectures",                        "",             ">---+++-++-"),
    Row("GET",  "desk/publications/lectures/new",                    "",             ">----++----"),
    Row("GET",  "desk/publications/lectures/<uuid:pk>",              "lecture",      ">----++-+--", ">----00-0--"),
    Row("GET",  "desk/publications/lectures/<uuid:pk>/facts",        "lecture",      ">----++----", ">----00----"),
    Row("POST", "desk/publications/lectures/<uuid:pk>/cancel",       "lecture",      ">----++----", ">----00----"),
    Row("GET",  "desk/publications/lectures/<uuid:pk>/queue",        "lecture",      ">----++-+--", ">----00-0--"),
    Row("GET",  "desk/publications/lectures/<uuid:pk>/screen",       "lecture",      ">----++-+--", ">----00-0--"),
    Row("GET",  "desk/publications/questions/<uuid:pk>",             "question",     ">----++-+--", ">----00-0--"),
    Row("POST", "desk/publications/questions/<uuid:pk>/turn",        "question",     ">----++-+--", ">----00-0--"),
    Row("GET",  "desk/publications/leaflets",                        "",             ">---+++-++-"),
    Row("GET",  "desk/publications/leaflets/new",                    "",             ">----++----"),
    Row("GET",  "desk/publications/leaflets/<uuid:pk>",              "leaflet",      ">---+++-++-", ">---000-00-"),
    Row("GET",  "desk/publications/leaflets/<uuid:pk>/facts",        "leaflet",      ">----++----", ">----00----"),
    Row("POST", "desk/publications/leaflets/<uuid:pk>/end",          "leaflet",      ">----++----", ">----00----"),
    Row("GET",  "desk/publications/leaflets/<uuid:pk>/give",         "leaflet",      ">----++----", ">----00----"),
    Row("GET",  "desk/publications/leaflets/<uuid:pk>/sheet",        "leaflet",      ">---+++-++-", ">---000-00-"),
    Row("POST", "desk/publications/batches/<uuid:pk>/close",         "batch",        ">----++----", ">----00----"),
    Row("GET",  "desk/publications/services",                        "",             ">---+++-++-"),
    Row("GET",  "desk/publications/services/new",                    "",             ">----++----"),
    Row("GET",  "desk/publications/services/file",                   "",             ">---+++-++-"),
    Row("GET",  "desk/publications/services/import",                 "",             ">----++----"),
    Row("GET",  "desk/publications/services/<uuid:pk>",              "service_item", ">----++----", ">----00----"),
    Row("POST", "desk/publications/services/<uuid:pk>/news",         "service_item", ">----++----", ">----00----"),
    Row("POST", "desk/publications/services/<uuid:pk>/end",          "service_item", ">----++----", ">----00----"),
]  # fmt: skip


def things(ctx: Context, side: SimpleNamespace) -> dict[str, Any]:
    """One of each kind that an address can be about; side: area, unit, reporter of this side of the river."""
    lesson = lessons.write_lesson(ctx, title="头盔", area=side.area)
    question = {
        "words": "对吗",
        "options": [{"words": "对", "right": True}, {"words": "错", "right": False}],
        "why": "是",
    }
    lessons.save_draft(ctx, lesson, blocks=[{"kind": "text", "words": "戴好。"}], questions=[question] * 3)
    lessons.publish(ctx, lesson)
    now = timezone.now()
    lecture = lectures.write_lecture(ctx, title="讲法", starts=now, ends=now + timedelta(hours=1), area=side.area)
    asked = lectures.ask(ctx, lecture, text="怎么办？", key=uuid4())
    leaflet = leaflets.write_material(ctx, kind="leaflet", title="用电", words_="安全。", area=side.area)
    give_consent(ctx, side.reporter, "volunteer")
    batch = leaflets.give_out(ctx, leaflet, count=10, area=side.area, person=side.reporter)
    item = services.write_item(
        ctx, aspect="rest", kind="service", name="歇脚", what="坐坐", steps=["到驿站"], area=side.area
    )
    return {
        "lesson": lesson.pk,
        "lesson_code": lesson.code,
        "lecture": lecture.pk,
        "question": asked.pk,
        "leaflet": leaflet.pk,
        "leaflet_code": leaflet.code,
        "batch": batch.pk,
        "service_item": item.pk,
    }
