"""Addresses of care."""

from django.urls import path

from nrm.care import pages

urlpatterns = [
    path("cases/<str:reference>/guardian/", pages.guardian, name="guardian"),
    path("cases/<str:reference>/safety/", pages.safety, name="safety"),
    path("cases/<str:reference>/place/", pages.place, name="place"),
    path("cases/<str:reference>/interests/", pages.interests, name="interests"),
    path("cases/<str:reference>/interests/with-her/", pages.with_her, name="interests-with-her"),
    path("cases/<str:reference>/interests/<slug:name>/", pages.part, name="interests-part"),
    path("cases/<str:reference>/missing/", pages.missing, name="missing"),
    path("cases/<str:reference>/reflection/", pages.reflection, name="reflection"),
    path("cases/<str:reference>/eighteen/", pages.eighteen, name="eighteen"),
]
