"""Addresses of the workbench."""

from django.urls import path

from tongban.workbench.views import (
    catalogue,
    correction,
    counter,
    delivery,
    documents,
    intake,
    openings,
    rating,
    review,
)

app_name = "workbench"
urlpatterns = [
    path("", counter.counter, name="counter"),
    path("ended/", counter.ended, name="counter_ended"),
    path("find/", counter.find, name="find"),
    path("intake/", intake.choose_item, name="choose_item"),
    path("intake/items/<str:code>/", intake.begin, name="begin_intake"),
    path("intake/<str:token>/", intake.intake, name="intake"),
    path("intake/<str:token>/check/", intake.check_intake, name="check_intake"),
    path("intake/<str:token>/take-in/", intake.take_in, name="take_in"),
    path("intake/<str:token>/discard/", intake.discard, name="discard_intake"),
    path("cases/<str:number>/", counter.case, name="counter_case"),
    path("cases/<str:number>/receipt/", counter.receipt, name="receipt"),
    path("cases/<str:number>/correction/", correction.correct, name="correction"),
    path("cases/<str:number>/delivery/", delivery.deliver, name="delivery"),
    path("cases/<str:number>/rating/", rating.rate, name="rating"),
    path("cases/<str:number>/send-again/", counter.send_again, name="send_again"),
    path("cases/<str:number>/withdrawal/", counter.confirm_withdrawal, name="confirm_withdrawal"),
    path("cases/<str:number>/documents/<str:name>/", documents.at_counter, name="document"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/check/", catalogue.check, name="check_catalogue"),
    path("catalogue/template/<str:kind>/", catalogue.template, name="catalogue_template"),
    path("catalogue/export/<str:kind>/", catalogue.export, name="catalogue_export"),
    path("catalogue/open/", openings.open_items, name="open_items"),
    path("catalogue/close/", openings.close_items, name="close_items"),
    path("catalogue/items/<str:code>/", openings.item, name="catalogue_item"),
    path("catalogue/items/<str:code>/withdraw/", openings.withdraw, name="withdraw_item"),
    path("catalogue/imports/<str:token>/", catalogue.imported, name="catalogue_import"),
    path("catalogue/imports/<str:token>/report/", catalogue.report, name="catalogue_report"),
    path("catalogue/imports/<str:token>/publish/", catalogue.publish, name="publish_catalogue"),
    path("catalogue/imports/<str:token>/discard/", catalogue.discard, name="discard_catalogue"),
    path("review/", review.review, name="review"),
    path("review/ended/", review.ended, name="review_ended"),
    path("review/find/", review.find, name="review_find"),
    path("review/<str:number>/", review.room, name="room"),
    path("review/<str:number>/acts/<str:code>/", review.act, name="act"),
    path("review/<str:number>/documents/<str:name>/", documents.in_review, name="room_document"),
]
