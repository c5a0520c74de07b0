"""Addresses of the desk's pages of cases."""

from django.urls import path

from liuchi.cases.desk import case, covering, entrusting, inbox, pickers, sheet, take, turns
from liuchi.cases.early import views_desk as early
from liuchi.cases.mailbox import views as mailbox
from liuchi.cases.orders import views as orders
from liuchi.cases.pasting import views as pasting
from liuchi.cases.topics import views_desk as topics

urlpatterns = [
    path("desk/early", early.page, name="early"),
    path("desk/early/<uuid:pk>", early.one, name="early_sign"),
    path("desk/early/<uuid:pk>/answer", early.answer, name="early_answer"),
    path("desk/topics", topics.page, name="topics"),
    path("desk/topics/<int:rank>", topics.one, name="topic"),
    path("desk/", inbox.inbox, name="desk_inbox"),
    path("desk/pulse", inbox.pulse, name="desk_pulse"),
    path("desk/filters", inbox.filters, name="desk_filters"),
    path("desk/take", take.take, name="desk_take"),
    path("desk/take/near", take.near, name="desk_take_near"),
    path("desk/paste", pasting.page, name="desk_paste"),
    path("desk/paste/<uuid:draft_id>", pasting.draft, name="desk_paste_draft"),
    path("desk/paste/<uuid:draft_id>/pictures", pasting.pictures, name="desk_paste_pictures"),
    path("desk/paste/<uuid:paste_id>/<int:at>", pasting.after_all, name="desk_paste_after_all"),
    path("desk/mailbox", mailbox.page, name="desk_mailbox"),
    path("desk/orders", orders.page, name="desk_orders"),
    path("desk/orders/new", orders.new, name="desk_orders_new"),
    path("desk/orders/kept/<int:pk>", orders.kept_sheet, name="desk_orders_kept"),
    path("desk/orders/<uuid:pk>", orders.going, name="desk_orders_import"),
    path("desk/orders/<uuid:pk>/result", orders.result, name="desk_orders_result"),
    path("desk/entrust", entrusting.entrust, name="desk_entrust"),
    path("desk/cases/<uuid:case_id>", case.page, name="desk_case"),
    path("desk/cases/<uuid:case_id>/proposal", case.proposal, name="desk_proposal"),
    path("desk/cases/<uuid:case_id>/contact", case.contact, name="desk_contact"),
    path("desk/cases/<uuid:case_id>/photos/<uuid:media_id>", covering.photo, name="desk_photo"),
    path("desk/cases/<uuid:case_id>/photos/<uuid:media_id>/cover", covering.cover, name="desk_cover"),
    path("desk/cases/<uuid:case_id>/sheet", sheet.sheet, name="desk_sheet"),
    path("desk/cases/<uuid:case_id>/matters", pickers.matters, name="desk_pick_matter"),
    path("desk/cases/<uuid:case_id>/conditions", pickers.conditions, name="desk_pick_condition"),
    path("desk/cases/<uuid:case_id>/units", pickers.units, name="desk_pick_unit"),
    path("desk/cases/<uuid:case_id>/turns/<slug:name>", turns.form, name="desk_turn_form"),
    path("desk/cases/<uuid:case_id>/motions/<uuid:motion_id>", turns.answer, name="desk_answer"),
    path("desk/cases/<uuid:case_id>/undo", turns.undo, name="desk_undo"),
    path("desk/cases/<uuid:case_id>/<slug:name>", turns.turn, name="desk_turn"),
]
