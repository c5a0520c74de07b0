"""Addresses of this app."""

from django.urls import include, path

from liuchi.people import views_absence, views_desk, views_import, views_mobile, views_units
from liuchi.people.registers import urls as registers
from liuchi.people.tokens import views as tokens

pages = [
    path("me/absence", views_absence.my_absence, name="my_absence"),
    path("me/absence/<int:pk>/end", views_absence.my_absence_end, name="my_absence_end"),
    path("me/data", views_mobile.my_data, name="my_data"),
    path("me/data/consent", views_mobile.my_consent, name="my_consent"),
    path("me/data/file", views_mobile.my_file, name="my_file"),
    path("me/data/erase", views_mobile.my_erasure, name="my_erasure"),
    path("desk/people", views_desk.people, name="people"),
    path("desk/people/new", views_desk.hire, name="hire"),
    path("desk/people/forgotten", views_desk.forgotten, name="forgotten"),
    path("desk/people/import", views_import.upload, name="import"),
    path("desk/people/import/confirm", views_import.confirm, name="import_confirm"),
    path("desk/people/import/template", views_import.template, name="import_template"),
    path("desk/people/<uuid:pk>", views_desk.person, name="person"),
    path("desk/people/<uuid:pk>/correct", views_desk.correct, name="correct"),
    path("desk/people/<uuid:pk>/appoint", views_desk.appoint, name="appoint"),
    path("desk/people/<uuid:pk>/phone", views_desk.phone, name="phone"),
    path("desk/people/<uuid:pk>/reset", views_desk.reset, name="reset"),
    path("desk/people/<uuid:pk>/login/open", views_desk.open_login, name="login_open"),
    path("desk/people/<uuid:pk>/login/close", views_desk.close_login, name="login_close"),
    path("desk/posts/<uuid:pk>", views_desk.term, name="term"),
    path("desk/posts/<uuid:pk>/end", views_desk.end, name="end"),
    path("desk/posts/<uuid:pk>/absence", views_desk.absence, name="absence"),
    path("desk/absences/<int:pk>/end", views_desk.absence_end, name="absence_end"),
    path("desk/keys", tokens.listed, name="tokens"),
    path("desk/keys/new", tokens.new, name="token_new"),
    path("desk/keys/<uuid:pk>/revoke", tokens.revoke, name="token_revoke"),
    path("desk/units", views_units.units, name="units"),
    path("desk/units/new", views_units.new, name="unit_new"),
    path("desk/units/<uuid:pk>", views_units.change, name="unit"),
    path("desk/units/<uuid:pk>/close", views_units.close, name="unit_close"),
]

urlpatterns = [
    path("", include(([*pages, *registers.pages], "people"))),
    path("account/", include("liuchi.people.signin.urls")),
]
