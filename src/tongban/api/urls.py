"""Addresses of the API."""

from django.urls import path

from tongban.api.connector import connector

urlpatterns = [path("connector/v1/", connector.urls)]
