"""Addresses of the agreement pages."""

from django.urls import path

from tongban.agreements.views import acts, files, overviews, records

app_name = "agreements"
urlpatterns = [
    path("", records.register_page, name="register"),
    path("matrix/", overviews.matrix, name="matrix"),
    path("calendar/", overviews.calendar, name="calendar"),
    path("explain/", overviews.explain, name="explain"),
    path("instruments/", records.instruments, name="instruments"),
    path("instruments/cite/", files.cite, name="cite"),
    path("offer/", files.offer, name="offer"),
    path("noted/", records.noted, name="noted"),
    path("<str:document>/", records.agreement, name="agreement"),
    path("<str:document>/sign/", acts.sign, name="sign"),
    path("<str:document>/suspend/", acts.suspend, name="suspend"),
]
