"""Addresses of the portal."""

from django.urls import path

from tongban.portal.views import apply, cases, correction, guide, home, result, search

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("items/<str:code>/", guide.guide, name="guide"),
    path("items/<str:code>/apply/", guide.begin, name="begin"),
    path("apply/<str:token>/step/<int:number>/", apply.step, name="step"),
    path("apply/<str:token>/materials/", apply.materials, name="materials"),
    path("apply/<str:token>/check/", apply.check, name="check"),
    path("apply/<str:token>/send/", apply.send, name="send"),
    path("apply/<str:token>/discard/", apply.discard, name="discard"),
    path("cases/", cases.mine, name="cases"),
    path("cases/<str:number>/", cases.case, name="case"),
    path("cases/<str:number>/receipt/", cases.receipt, name="receipt"),
    path("cases/<str:number>/withdraw/", cases.withdraw, name="withdraw"),
    path("cases/<str:number>/correction/", correction.correct, name="correction"),
    path("cases/<str:number>/documents/<str:name>/", result.document, name="document"),
    path("cases/<str:number>/rating/", result.rate, name="rating"),
]
