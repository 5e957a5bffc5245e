"""Addresses of work with other States."""

from django.urls import path

from nrm.crossborder import pages

urlpatterns = [
    path("cases/<str:reference>/abroad/", pages.abroad, name="abroad"),
    path("cases/<str:reference>/abroad/<int:key>/", pages.message, name="message-abroad"),
    path("cases/<str:reference>/solution/", pages.solution, name="solution"),
]
