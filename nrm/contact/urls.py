"""Addresses of the first contact."""

from django.urls import path

from nrm.contact import pages

urlpatterns = [
    path("now/", pages.now, name="now"),
    path("now/<slug:step>/", pages.now, name="now-step"),
]
