"""Addresses of the choices that every page offers."""

from django.urls import path

from tongban.pages import views

app_name = "pages"
urlpatterns = [
    path("places/", views.choose_places, name="places"),
    path("display/", views.choose_display, name="display"),
]
