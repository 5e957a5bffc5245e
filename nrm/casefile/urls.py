"""Pages and endpoints of every act; a new act has them without a line here."""

from django.urls import path

from nrm.casefile import pages, shelf

urlpatterns = [
    path("cases/<str:reference>/documents/", shelf.documents, name="documents"),
    path("cases/<str:reference>/documents/<int:key>/", shelf.document, name="document"),
    path("cases/<str:reference>/<slug:room>/<slug:verb>/", pages.act_page, name="act"),
    path("acts/<slug:room>/<slug:verb>/", pages.act_page, name="act-without-case"),
    path("api/cases/<str:reference>/<slug:room>/<slug:verb>", pages.act_json, name="api-act"),
    path("api/acts/<slug:room>/<slug:verb>", pages.act_json, name="api-act-without-case"),
    path("api/openapi.json", pages.api_document, name="api-document"),
]
