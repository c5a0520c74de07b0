"""Pages of the house itself: the gallery of components, and what a phone shows without a network."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liuchi.kernel.ui.gallery import entries, icon_names


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component once: how it looks, its props, its code."""
    return render(request, "ui/gallery.html", {"entries": entries(request), "icons": icon_names()})


def offline(request: HttpRequest) -> HttpResponse:
    """The page a phone keeps for addresses it has not kept."""
    return render(request, "ui/offline.html", {"back": "/"})
