"""Words of inquiries go when nobody needs them any more, and not before."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.node.test_inquiries import OFFICER, Two

from tongban.core.inquiries.commands import WithdrawQuestion
from tongban.supervision.old_inquiries import erase_old_words
from tongban.testing.applications import HANGZHOU, SUZHOU


def asked(folder: Path) -> Two:
    two = Two(folder)
    two.ask()
    two.federation.settle()
    return two


def erased(two: Two, name: str, *, days: int) -> int:
    node = two[name]
    node.kernel = replace(node.kernel, inquiry_days=days)
    return erase_old_words(node)


def test_words_of_what_was_withdrawn_go_after_their_time(tmp_path: Path) -> None:
    two = asked(tmp_path)
    two.do(SUZHOU, WithdrawQuestion(inquiry=two.name, actor=OFFICER))
    two.federation.settle()
    assert erased(two, SUZHOU, days=10) == 0
    two.federation.clock.instant += timedelta(days=11)
    assert erased(two, SUZHOU, days=0) == 0
    assert (erased(two, SUZHOU, days=10), erased(two, SUZHOU, days=10)) == (2, 0)
    assert two[SUZHOU].inquiries.history(HANGZHOU, two.name)[0].words == ""


def test_words_stay_while_somebody_waits_or_an_answer_is_in_force(tmp_path: Path) -> None:
    two = asked(tmp_path)
    two.federation.clock.instant += timedelta(days=11)
    assert erased(two, HANGZHOU, days=10) == 0
    two.answer()
    two.federation.settle()
    two.federation.clock.instant += timedelta(days=11)
    assert erased(two, HANGZHOU, days=10) == 0
