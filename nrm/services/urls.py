"""Addresses of services."""

from django.urls import path

from nrm.services import pages

urlpatterns = [
    path("services/", pages.asked_of_us, name="asked-of-us"),
    path("services/directory/", pages.directory, name="directory"),
    path("cases/<str:reference>/services/", pages.services, name="services"),
    path("cases/<str:reference>/services/ask/", pages.ask, name="ask"),
]
