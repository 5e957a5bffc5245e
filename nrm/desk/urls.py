"""Addresses of the desk."""

from django.urls import path

from nrm.desk import pages

urlpatterns = [
    path("", pages.start, name="start"),
    path("become/", pages.become, name="become"),
    path("desk/", pages.desk, name="desk"),
    path("desk/calendar.ics", pages.calendar_file, name="calendar"),
    path("find/", pages.find, name="find"),
    path("me/", pages.me, name="me"),
    path("me/stay/", pages.stay, name="stay"),
    path("help/", pages.help_page, name="help"),
    path("help/<str:code>/", pages.help_page, name="help-code"),
    path("cases/<str:reference>/", pages.case_page, name="case"),
]
