"""Addresses of closing."""

from django.urls import path

from nrm.closure import pages

urlpatterns = [
    path("cases/<str:reference>/close/", pages.closing, name="closing"),
    path("cases/<str:reference>/reopen/", pages.reopen, name="reopen"),
]
