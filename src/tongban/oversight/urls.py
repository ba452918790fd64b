"""Addresses of the oversight pages."""

from django.urls import path

from tongban.oversight.views import comparison, demand, mandates, partners, publishing, standards

app_name = "oversight"
urlpatterns = [
    path("partners/", partners.partners, name="partners"),
    path("partners/<str:partner>/", partners.changes, name="changes"),
    path("partners/<str:partner>/looked/", partners.looked, name="looked"),
    path("compare/", comparison.compare_places, name="compare"),
    path("standards/", standards.standards, name="standards"),
    path("standards/version/", standards.standard, name="standard"),
    path("standards/edit/", standards.edit_standard, name="edit_standard"),
    path("obstacles/", comparison.obstacles, name="obstacles"),
    path("demand/", demand.demand, name="demand"),
    path("mandates/", mandates.mandates, name="mandates"),
    path("mandates/edit/", publishing.edit_mandate, name="edit_mandate"),
    path("advice/edit/", publishing.edit_advice, name="edit_advice"),
    path("mandates/<str:key>/", mandates.matrix, name="matrix"),
    path("mandates/<str:key>/export/", mandates.export, name="export"),
    path("mandates/<str:key>/<str:partner>/", mandates.pair, name="pair"),
]
