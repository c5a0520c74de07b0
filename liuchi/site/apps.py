from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "liuchi.site"
    label = "site"
