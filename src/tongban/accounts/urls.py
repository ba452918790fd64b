"""Addresses of log-in links and of one's own account; allauth_urls.py adds those of allauth."""

from django.urls import path

from tongban.accounts import views

app_name = "accounts"
urlpatterns = [
    path("link/<str:token>/", views.log_in_by_link, name="link"),
    path("landing/", views.land, name="landing"),
    path("me/", views.my_account, name="me"),
]
