"""Every address of the house. Each app keeps its own; this file only says where they hang."""

from django.urls import include, path

from liuchi.site import views
from liuchi.site.api import api, v1
from liuchi.site.developers.views import developers

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("developers", developers, name="developers"),
    path("language", views.set_language, name="set_language"),
    path("api/v1/", v1.urls),
    path("api/", api.urls),
    path("", include("liuchi.kernel.urls")),
    path("", include("liuchi.territory.urls")),
    path("", include("liuchi.people.urls")),
    path("", include("liuchi.notices.urls")),
    path("", include("liuchi.points.urls")),
    path("", include("liuchi.cases.urls")),
    path("", include("liuchi.places.urls")),
    path("", include("liuchi.admissions.urls")),
    path("", include("liuchi.publications.urls")),
    path("", include("liuchi.duties.urls")),
    path("", include("liuchi.site.setup.urls")),
]
