from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tongban.core.body import Body
from tongban.core.cases.events import CaseOpened
from tongban.core.entry import Actor, ActorKind, Commitment, Entry, Subject, SubjectKind
from tongban.core.one_sided import PAPER, has_paper, lacks_paper, marked, needs_paper
from tongban.core.words import Words

SCAN = Body(name=PAPER, media="application/pdf", content=b"%PDF made up")
TITLE = Words(zh="芜湖", en="Wuhu")


def test_the_name_of_a_kept_node_has_the_mark_in_both_languages() -> None:
    said = marked(TITLE, "songjiang.gov")
    assert said.zh == "芜湖（单方记录，由 songjiang.gov 代管）"
    assert said.en == "Wuhu (one-sided record, kept by songjiang.gov)"


def test_the_name_of_a_node_of_its_own_has_none() -> None:
    assert marked(TITLE, "") == TITLE


@pytest.mark.parametrize("kind", ActorKind)
def test_only_what_officers_do_needs_a_paper(kind: ActorKind) -> None:
    assert needs_paper(Actor(kind=kind)) == (kind is ActorKind.OFFICER)


@pytest.mark.parametrize(
    "body",
    [
        replace(SCAN, name="decision"),
        replace(SCAN, media="text/html"),
        replace(SCAN, content=b""),
    ],
)
def test_a_paper_has_its_name_a_kind_that_people_open_and_content(body: Body) -> None:
    assert has_paper((SCAN,))
    assert not has_paper((body,))


def test_an_entry_lacks_the_paper_that_it_does_not_commit_to() -> None:
    bare = Entry(
        id="1",
        at=datetime(2026, 11, 23, tzinfo=UTC),
        actor=Actor(kind=ActorKind.OFFICER),
        subject=Subject(kind=SubjectKind.CASE, id="made-up"),
        event=CaseOpened(),
    )
    line = Commitment(name=PAPER, digest="00", size=1, media="application/pdf")
    assert lacks_paper(bare)
    assert not lacks_paper(replace(bare, commitments=(line,)))
    assert not lacks_paper(replace(bare, actor=Actor(kind=ActorKind.SYSTEM)))
