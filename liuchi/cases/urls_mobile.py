"""The phone's addresses."""

from django.urls import path

from liuchi.cases.public import views as public
from liuchi.cases.views_mobile import page

urlpatterns = [
    path("", page("home"), name="home"),
    path("report", page("report"), name="report"),
    path("mine", page("mine"), name="mine"),
    path("mine/<uuid:case>", page("case"), name="mine_case"),
    path("r/<str:receipt>", page("follow"), name="follow"),
    path("tasks", page("tasks"), name="tasks"),
    path("tasks/<uuid:case>", page("task"), name="task"),
    path("me", page("me"), name="me"),
    path("map", public.page, name="public_map"),
]
