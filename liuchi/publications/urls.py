"""Addresses of publications."""

from django.urls import include, path

from liuchi.publications.desk import leaflets as desk_leaflets
from liuchi.publications.desk import lectures as desk_lectures
from liuchi.publications.desk import lessons as desk_lessons
from liuchi.publications.desk import services as desk_services
from liuchi.publications.mobile import leaflets, lectures, lessons, services

pages = [
    path("lessons", lessons.shelf, name="lessons"),
    path("x/<str:short>", lessons.lesson, name="lesson"),
    path("x/<str:short>/quiz", lessons.quiz, name="lesson_quiz"),
    path("x/<str:short>/sign", lessons.sign, name="lesson_sign"),
    path("lectures", lectures.schedule, name="lectures"),
    path("lectures/<uuid:pk>", lectures.lecture, name="lecture"),
    path("lectures/<uuid:pk>/questions", lectures.questions, name="questions"),
    path("lectures/<uuid:pk>/ask", lectures.ask, name="ask"),
    path("lectures/<uuid:pk>/vote", lectures.vote, name="vote"),
    path("lectures/<uuid:pk>/remind", lectures.remind, name="remind"),
    path("leaflets", leaflets.mine, name="leaflets"),
    path("leaflets/<uuid:pk>/handed", leaflets.handed, name="handed"),
    path("leaflets/<uuid:pk>/undo", leaflets.undo, name="hand_out_undo"),
    path("l/<str:short>", leaflets.leaflet, name="leaflet"),
    path("services", services.services, name="services"),
    path("services/<uuid:pk>", services.service, name="service"),
    path("services/<uuid:pk>/use", services.use, name="service_use"),
    path("desk/publications", desk_lessons.lessons, name="desk"),
    path("desk/publications/lessons/new", desk_lessons.new, name="lesson_new"),
    path("desk/publications/lessons/<uuid:pk>", desk_lessons.write, name="lesson_write"),
    path("desk/publications/lessons/<uuid:pk>/facts", desk_lessons.facts, name="lesson_facts"),
    path("desk/publications/lessons/<uuid:pk>/end", desk_lessons.end, name="lesson_end"),
    path("desk/publications/lessons/<uuid:pk>/sheet", desk_lessons.sheet, name="lesson_sheet"),
    path("desk/publications/lessons/<uuid:pk>/taught", desk_lessons.taught, name="lesson_taught"),
    path("desk/publications/lectures", desk_lectures.lectures, name="desk_lectures"),
    path("desk/publications/lectures/new", desk_lectures.new, name="lecture_new"),
    path("desk/publications/lectures/<uuid:pk>", desk_lectures.host, name="lecture_host"),
    path("desk/publications/lectures/<uuid:pk>/facts", desk_lectures.facts, name="lecture_facts"),
    path("desk/publications/lectures/<uuid:pk>/cancel", desk_lectures.cancel, name="lecture_cancel"),
    path("desk/publications/lectures/<uuid:pk>/queue", desk_lectures.queue, name="lecture_queue"),
    path("desk/publications/lectures/<uuid:pk>/screen", desk_lectures.screen, name="lecture_screen"),
    path("desk/publications/questions/<uuid:pk>", desk_lectures.question, name="question"),
    path("desk/publications/questions/<uuid:pk>/turn", desk_lectures.turn, name="question_turn"),
    path("desk/publications/leaflets", desk_leaflets.leaflets, name="desk_leaflets"),
    path("desk/publications/leaflets/new", desk_leaflets.new, name="leaflet_new"),
    path("desk/publications/leaflets/<uuid:pk>", desk_leaflets.leaflet, name="leaflet_desk"),
    path("desk/publications/leaflets/<uuid:pk>/facts", desk_leaflets.facts, name="leaflet_facts"),
    path("desk/publications/leaflets/<uuid:pk>/end", desk_leaflets.end, name="leaflet_end"),
    path("desk/publications/leaflets/<uuid:pk>/give", desk_leaflets.give, name="leaflet_give"),
    path("desk/publications/leaflets/<uuid:pk>/sheet", desk_leaflets.sheet, name="leaflet_sheet"),
    path("desk/publications/batches/<uuid:pk>/close", desk_leaflets.close, name="batch_close"),
    path("desk/publications/services", desk_services.services, name="desk_services"),
    path("desk/publications/services/new", desk_services.new, name="service_new"),
    path("desk/publications/services/file", desk_services.file, name="service_file"),
    path("desk/publications/services/import", desk_services.upload, name="service_import"),
    path("desk/publications/services/<uuid:pk>", desk_services.change, name="service_change"),
    path("desk/publications/services/<uuid:pk>/news", desk_services.news, name="service_news"),
    path("desk/publications/services/<uuid:pk>/end", desk_services.end, name="service_end"),
]

urlpatterns = [path("", include((pages, "publications")))]
