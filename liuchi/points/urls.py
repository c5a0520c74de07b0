"""Addresses of points."""

from django.urls import include, path

from liuchi.points import views_desk, views_home, views_mobile, views_rules, views_shop

pages = [
    path("points", views_mobile.mine, name="mine"),
    path("points/switch", views_mobile.switch, name="switch"),
    path("points/rules", views_mobile.how, name="how"),
    path("points/shop", views_mobile.shop, name="shop"),
    path("points/shop/<uuid:pk>", views_mobile.gift, name="gift"),
    path("points/codes/<uuid:pk>", views_mobile.code, name="code"),
    path("points/codes/<uuid:pk>/cancel", views_mobile.cancel, name="cancel"),
    path("points/statements", views_mobile.statements, name="statements"),
    path("points/statements/<uuid:pk>", views_mobile.statement, name="statement"),
    path("points/statements/<uuid:pk>/unit", views_mobile.show, name="show"),
    path("points/statements/<uuid:pk>/take-back", views_mobile.take_back, name="take_back"),
    path("desk/points", views_desk.overview, name="overview"),
    path("desk/points/window", views_desk.window, name="window"),
    path("desk/points/window/<uuid:pk>/undo", views_desk.undo, name="undo"),
    path("desk/points/statements", views_desk.statements, name="desk_statements"),
    path("desk/points/statements/<uuid:pk>", views_desk.statement, name="desk_statement"),
    path("desk/points/home", views_home.listed, name="home"),
    path("desk/points/home/<uuid:pk>", views_home.sheet, name="home_sheet"),
    path("desk/points/home/<uuid:unit>/file", views_home.file, name="home_file"),
    path("desk/points/rules", views_rules.versions, name="rules"),
    path("desk/points/rules/draft", views_rules.draft, name="draft"),
    path("desk/points/rules/draft/drop", views_rules.drop, name="drop"),
    path("desk/points/gifts", views_shop.gifts, name="gifts"),
    path("desk/points/gifts/new", views_shop.gift_new, name="gift_new"),
    path("desk/points/gifts/<uuid:pk>", views_shop.gift, name="desk_gift"),
    path("desk/points/windows", views_shop.windows, name="windows"),
    path("desk/points/windows/new", views_shop.window_new, name="window_new"),
    path("desk/points/windows/<uuid:pk>", views_shop.window_stock, name="window_stock"),
    path("desk/points/windows/<uuid:pk>/change", views_shop.window_change, name="window_change"),
    path("desk/points/windows/<uuid:pk>/stock", views_shop.stock_in, name="stock_in"),
    path("desk/points/windows/<uuid:pk>/count", views_shop.stock_count, name="stock_count"),
    path("desk/points/windows/<uuid:pk>/sheet", views_shop.window_sheet, name="window_sheet"),
]

urlpatterns = [path("", include((pages, "points")))]
