"""Addresses of the agreement pages."""

from django.urls import path

from tongban.agreements.views import (
    acts,
    clauses,
    drafting,
    ending,
    files,
    gaps,
    negotiations,
    overviews,
    publishing,
    records,
    talking,
    texts,
)

app_name = "agreements"
_NEGOTIATION = "negotiations/<str:name>/"
_DRAFT = f"{_NEGOTIATION}draft/"
_CLAUSE = f"{_DRAFT}clauses/<str:number>/"
urlpatterns = [
    path("", records.register_page, name="register"),
    path("matrix/", overviews.matrix, name="matrix"),
    path("calendar/", overviews.calendar, name="calendar"),
    path("explain/", overviews.explain, name="explain"),
    path("instruments/", records.instruments, name="instruments"),
    path("instruments/cite/", files.cite, name="cite"),
    path("offer/", files.offer, name="offer"),
    path("noted/", records.noted, name="noted"),
    path("negotiations/", negotiations.inbox_page, name="inbox"),
    path("negotiations/propose/", drafting.propose, name="propose"),
    path("negotiations/propose/list/", gaps.propose_from_list, name="propose_from_list"),
    path(_NEGOTIATION, negotiations.negotiation, name="negotiation"),
    path(f"{_NEGOTIATION}comment/", talking.comment, name="comment"),
    path(f"{_NEGOTIATION}counter/", drafting.counter, name="counter"),
    path(f"{_NEGOTIATION}accept/", talking.accept, name="accept"),
    path(f"{_NEGOTIATION}reject/", talking.reject, name="reject"),
    path(f"{_NEGOTIATION}withdraw/", talking.withdraw, name="withdraw"),
    path(f"{_NEGOTIATION}offer/", talking.offer_accepted, name="offer_accepted"),
    path(_DRAFT, drafting.draft, name="draft"),
    path(f"{_DRAFT}head/", clauses.head, name="head"),
    path(f"{_DRAFT}parties/<str:node>/", clauses.party, name="party"),
    path(f"{_DRAFT}opening/", clauses.opening, name="opening"),
    path(f"{_DRAFT}upload/", drafting.upload, name="upload"),
    path(f"{_DRAFT}restore/", drafting.restore, name="restore"),
    path(f"{_DRAFT}catch-up/", drafting.catch_up, name="catch_up"),
    path(f"{_DRAFT}discard/", drafting.discard, name="discard"),
    path(f"{_DRAFT}consent/", gaps.consent, name="consent"),
    path(f"{_DRAFT}lay/", drafting.lay, name="lay"),
    path(f"{_DRAFT}add/", clauses.add, name="add_clause"),
    path(_CLAUSE, clauses.clause, name="clause"),
    path(f"{_CLAUSE}remove/", clauses.remove, name="remove_clause"),
    path(f"{_CLAUSE}grants/<int:place>/", clauses.grant, name="grant"),
    path(f"{_CLAUSE}grants/<int:place>/remove/", clauses.remove_grant, name="remove_grant"),
    path("<str:document>/", records.agreement, name="agreement"),
    path("<str:document>/sign/", acts.sign, name="sign"),
    path("<str:document>/confirm/", acts.confirm, name="confirm"),
    path("<str:document>/publish/", publishing.publish, name="publish"),
    path("<str:document>/suspend/", acts.suspend, name="suspend"),
    path("<str:document>/resume/", ending.resume, name="resume"),
    path("<str:document>/terminate/", ending.terminate, name="terminate"),
    path("<str:document>/leave/", ending.leave, name="leave"),
    path("<str:document>/amend/", drafting.amend, name="amend"),
    path("<str:document>/text/<str:kind>/", texts.text, name="text"),
]
