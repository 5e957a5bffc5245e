"""Addresses of letters."""

from django.urls import path

from nrm.letters import pages

urlpatterns = [
    path("cases/<str:reference>/letters/", pages.letters, name="letters"),
    path("check-a-letter/", pages.check, name="check-letter"),
]
