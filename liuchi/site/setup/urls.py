"""Addresses of the first-run wizard."""

urlpatterns: list = []
