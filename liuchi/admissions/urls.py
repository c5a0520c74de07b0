"""Addresses of admissions."""

from django.urls import include, path

from liuchi.admissions.desk import checking, holders, inviting, listing, programmes
from liuchi.admissions.mobile import applying, following, holding, invited

pages = [
    path("v/<str:letter>", holding.verify, name="verify"),
    path("i/<str:invitation>", invited.shown, name="invitation"),
    path("i/<str:invitation>/take", invited.take, name="invitation_take"),
    path("admissions", applying.home, name="home"),
    path("admissions/applications/<uuid:pk>", following.application, name="application"),
    path("admissions/applications/<uuid:pk>/appeal", following.appeal, name="appeal"),
    path("admissions/applications/<uuid:pk>/cancel", following.cancel, name="cancel"),
    path("admissions/mine/<uuid:pk>", holding.held, name="held"),
    path("admissions/mine/<uuid:pk>/letter.pdf", holding.letter_file, name="letter"),
    path("admissions/mine/<uuid:pk>/give-back", holding.give_back, name="give_back"),
    path("admissions/mine/<uuid:pk>/renew", holding.renew, name="renew"),
    path("admissions/<slug:key>", applying.programme, name="programme"),
    path("admissions/<slug:key>/apply", applying.apply, name="apply"),
    path("desk/admissions", checking.inbox, name="desk"),
    path("desk/admissions/applications/<uuid:pk>", checking.detail, name="desk_application"),
    path("desk/admissions/applications/<uuid:pk>/phone/<slug:name>", checking.phone, name="desk_phone"),
    path("desk/admissions/applications/<uuid:pk>/<slug:name>", checking.turn, name="desk_turn"),
    path("desk/admissions/holders", holders.holders, name="holders"),
    path("desk/admissions/holders/letters", holders.letters, name="letters"),
    path("desk/admissions/holders/<uuid:pk>", holders.holder, name="holder"),
    path("desk/admissions/holders/<uuid:pk>/withdraw", holders.withdraw, name="withdraw"),
    path("desk/admissions/holders/<uuid:pk>/renew", holders.renew, name="desk_renew"),
    path("desk/admissions/programmes", programmes.programmes, name="programmes"),
    path("desk/admissions/programmes/new", programmes.new, name="programme_new"),
    path("desk/admissions/programmes/<uuid:pk>", programmes.programme, name="programme_write"),
    path("desk/admissions/programmes/<uuid:pk>/preview", programmes.preview, name="programme_preview"),
    path("desk/admissions/programmes/<uuid:pk>/close", programmes.close, name="programme_close"),
    path("desk/admissions/programmes/<uuid:pk>/appoint", listing.appoint, name="appoint"),
    path("desk/admissions/programmes/<uuid:pk>/invite", inviting.invite, name="invite"),
    path("desk/admissions/invitations/<int:pk>", inviting.sheet, name="invite_sheet"),
    path("desk/admissions/invitations/<int:pk>/end", inviting.end, name="invite_end"),
]

urlpatterns = [path("", include((pages, "admissions")))]
