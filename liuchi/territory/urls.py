"""Addresses of territory."""

urlpatterns: list = []
