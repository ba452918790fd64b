"""Agreements as lists see them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from tests.standin import HERE, PROJECTOR, START

from tongban.core.agreements.events import AgreementOffered
from tongban.core.agreements.state import AgreementState, Signature, Suspension
from tongban.core.entry import Actor, ActorKind, Entry, Subject, SubjectKind
from tongban.node.ports import Change
from tongban.projections.models import AgreementRow

pytestmark = pytest.mark.django_db
PEER = "hefei.g60.demo"
OFFERED = AgreementState(document="sha256:aa", offered_by=HERE, offered_at=START, entry="1")
SIGNED = replace(OFFERED, signatures=(Signature(party=HERE, note="", at=START, entry="2"),))
SUSPENDED = replace(
    SIGNED,
    suspensions=(
        Suspension(by=PEER, ground="review", items=(), at=START + timedelta(days=1), entry="3"),
    ),
)


def change(seq: int, state: AgreementState) -> Change:
    entry = Entry(
        id=f"{seq:026d}",
        at=START,
        actor=Actor(kind=ActorKind.OFFICER),
        subject=Subject(kind=SubjectKind.AGREEMENT, id=state.document),
        event=AgreementOffered(document=state.document),
    )
    return Change(
        seq=seq,
        entry=entry,
        writer=HERE,
        peer=PEER,
        ground="",
        state=state,
        body=lambda _name: None,
    )


def project(*states: AgreementState) -> AgreementRow:
    with transaction.atomic():
        PROJECTOR.project(
            connection.connection, [change(seq, state) for seq, state in enumerate(states)]
        )
    return AgreementRow.objects.get()


def test_the_last_state_of_a_batch_counts() -> None:
    row = project(OFFERED, SIGNED, SUSPENDED)
    assert (row.signed_by, row.suspended) == ([HERE], True)


def test_a_later_batch_replaces_the_row() -> None:
    assert project(OFFERED).signed_by == []
    assert project(SIGNED).signed_by == [HERE]
