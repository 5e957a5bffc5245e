"""Addresses of the first contact."""

from django.urls import path

from nrm.contact import pages, public

urlpatterns = [
    path("now/", pages.now, name="now"),
    path("now/<slug:step>/", pages.now, name="now-step"),
    path("report/", public.report, name="report"),
    path("report/add/", public.add, name="report-add"),
]
