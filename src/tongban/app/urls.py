"""Every address of a node's pages."""

from django.urls import include, path

handler400 = "tongban.pages.trouble.not_taken"
handler500 = "tongban.pages.trouble.trouble"
urlpatterns = [
    path("", include("tongban.pages.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("account/", include("tongban.accounts.urls")),
    path("account/", include("tongban.accounts.allauth_urls")),
    path("desk/", include("tongban.workbench.urls")),
    path("oversight/", include("tongban.oversight.urls")),
    path("agreements/", include("tongban.agreements.urls")),
    path("api/", include("tongban.api.urls")),
    path("", include("tongban.portal.urls")),
]
