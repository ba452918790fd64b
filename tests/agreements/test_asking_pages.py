"""A question about an agreement as a whole, from its page to the other side's inbox."""

from tests.agreements.test_agreement_pages import AGREEMENT, DIGEST, text
from tests.cities import Browser, Federation

from tongban.testing.applications import SUZHOU

PAGE = f"/agreements/{DIGEST}/"


def test_a_question_about_an_agreement_begins_on_its_page_and_reaches_the_partner(
    federation: Federation, officer: Browser, other_officer: Browser
) -> None:
    assert f"{PAGE}ask/" in text(officer, PAGE)
    assert "问哪一方" in text(officer, f"{PAGE}ask/")
    asked = officer.post(f"{PAGE}ask/", {"words": "双休日也寄吗？"})
    federation.settle()
    there = text(other_officer, asked.headers["location"])
    assert "双休日也寄吗？" in there
    assert AGREEMENT.title.zh in there
    assert AGREEMENT.title.zh in text(
        other_officer, str(asked.headers["location"]).rpartition("/inquiries/")[0] + "/inquiries/"
    )


def test_a_question_without_words_or_to_a_stranger_is_not_asked(
    federation: Federation, officer: Browser
) -> None:
    answer = officer.post(f"{PAGE}ask/", {"words": " ", "partner": "nowhere.demo"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请选问哪一方。" in page
    assert "请写上内容。" in page
    assert federation[SUZHOU].act().node.inquiries.every() == []
