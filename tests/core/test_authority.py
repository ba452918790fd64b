"""Who may sign for a node, and which of several versions anybody may sign at all."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tongban.core.agreements.admit import admit
from tongban.core.agreements.authority import (
    SIGNING,
    AgreementKind,
    Authorisation,
    Resolve,
    SigningRules,
    authorisations_in,
    confirming_refusal,
    kind_of,
)
from tongban.core.agreements.commands import AgreementCommand
from tongban.core.agreements.decide import decide
from tongban.core.agreements.events import AgreementOffered, AgreementSigned
from tongban.core.agreements.refusals import AgreementGround as Ground
from tongban.core.china_time import china_day, days_after
from tongban.core.entry import Actor, ActorKind
from tongban.core.home.events import (
    AuthorisationRecorded,
    AuthorisationRevoked,
    BindingAct,
    HomeKeyRotated,
)
from tongban.core.refusal import Refusal

from .examples import MORNING
from .talks import (
    AGREEMENT,
    DIGEST,
    DOCUMENTS,
    HANGZHOU,
    SUZHOU,
    asked,
    context,
    entry,
    note,
    offer,
    sign,
    terminate,
    verify,
)

TODAY = china_day(MORNING)
CLERK = Actor(kind=ActorKind.OFFICER, role="agreement_officer", number="7")
PAPER = Authorisation(
    number="WT-2026-3",
    office="agreement_officer",
    kinds=frozenset({AgreementKind.DELEGATION}),
    from_day=TODAY,
    until_day=TODAY,
)
RECORDED = AuthorisationRecorded(
    number="WT-2026-3",
    office="agreement_officer",
    kinds=("delegation",),
    from_day=TODAY.isoformat(),
    until_day=TODAY.isoformat(),
)
RULES = SigningRules(day=TODAY, authorisations=(PAPER,))


def outcome(command: AgreementCommand, rules: SigningRules = RULES) -> str:
    """Ground on which Suzhou refuses to sign, "" where it signs."""
    answer = decide(asked(None, offer()), command, replace(context(), signing=rules))
    return answer.ground if isinstance(answer, Refusal) else ""


def by_clerk(authorisation: str = "") -> AgreementCommand:
    return replace(sign(SUZHOU), actor=CLERK, authorisation=authorisation)


def test_the_legal_representative_signs_and_others_need_a_paper() -> None:
    assert outcome(sign(SUZHOU)) == ""
    assert outcome(by_clerk()) == Ground.SIGNER_WITHOUT_AUTHORITY
    assert outcome(by_clerk("WT-2026-3")) == ""
    assert outcome(by_clerk("WT-2026-4")) == Ground.AUTHORISATION_UNKNOWN


@pytest.mark.parametrize("days", [-1, 1])
def test_a_paper_counts_from_its_first_to_its_last_day(days: int) -> None:
    rules = replace(RULES, day=TODAY + timedelta(days=days))
    assert outcome(by_clerk("WT-2026-3"), rules) == Ground.AUTHORISATION_NOT_IN_FORCE


@pytest.mark.parametrize(
    "paper",
    [
        replace(PAPER, office="joint_officer"),
        replace(PAPER, kinds=frozenset({AgreementKind.FRAMEWORK})),
    ],
)
def test_a_paper_counts_for_its_office_and_its_kinds(paper: Authorisation) -> None:
    rules = replace(RULES, authorisations=(paper,))
    assert outcome(by_clerk("WT-2026-3"), rules) == Ground.AUTHORISATION_NOT_FOR_THIS


def test_an_agreement_without_grants_is_a_framework() -> None:
    bare = tuple(replace(clause, grants=()) for clause in AGREEMENT.clauses)
    assert kind_of(replace(AGREEMENT, clauses=bare)) is AgreementKind.FRAMEWORK
    assert kind_of(AGREEMENT) is AgreementKind.DELEGATION


def test_who_brings_a_signature_of_another_needs_no_paper_of_its_own_to_be_refused() -> None:
    forwarded = replace(sign(HANGZHOU), actor=CLERK)
    assert outcome(forwarded) == Ground.SIGNATURE_IS_ANOTHERS


def test_four_eyes_want_two_different_officers() -> None:
    rules = replace(RULES, four_eyes=True, confirmed={SIGNING: frozenset({"7"})})
    assert outcome(sign(SUZHOU), rules) == Ground.SECOND_OFFICER_MISSING
    both = replace(rules, confirmed={SIGNING: frozenset({"7", "8"})})
    assert outcome(sign(SUZHOU), both) == ""


def test_what_two_confirmed_for_the_signature_or_another_day_ends_nothing() -> None:
    state = asked(asked(asked(None, offer()), sign(SUZHOU)), sign(HANGZHOU), HANGZHOU)
    both = frozenset({"7", "8"})
    end = Resolve(act=BindingAct.TERMINATE, last_day=TODAY.isoformat())
    later = replace(end, last_day=days_after(TODAY, 1).isoformat())
    signed = replace(RULES, four_eyes=True, confirmed={SIGNING: both, later: both})
    for rules, expected in (
        (signed, Ground.SECOND_OFFICER_MISSING),
        (replace(signed, confirmed={end: both}), ""),
    ):
        answer = decide(state, terminate(TODAY), replace(context(), signing=rules))
        assert (answer.ground if isinstance(answer, Refusal) else "") == expected


def test_an_end_wants_the_representative_or_a_paper_like_a_signature() -> None:
    state = asked(asked(asked(None, offer()), sign(SUZHOU)), sign(HANGZHOU), HANGZHOU)
    by_hand = replace(terminate(TODAY), actor=CLERK)
    at_desk = replace(context(), signing=RULES)
    refusal = decide(state, by_hand, at_desk)
    assert isinstance(refusal, Refusal)
    assert refusal.ground == Ground.SIGNER_WITHOUT_AUTHORITY
    assert isinstance(decide(state, replace(by_hand, authorisation="WT-2026-3"), at_desk), tuple)


def test_a_paper_that_names_an_officer_is_nobody_elses() -> None:
    rules = replace(RULES, authorisations=(replace(PAPER, holder="7"),))
    assert outcome(by_clerk("WT-2026-3"), rules) == ""
    for number in ("8", None):
        other = replace(sign(SUZHOU), actor=replace(CLERK, number=number))
        by_other = replace(other, authorisation="WT-2026-3")
        assert outcome(by_other, rules) == Ground.AUTHORISATION_NOT_FOR_THIS


def test_an_officer_confirms_once_and_by_number() -> None:
    assert confirming_refusal(DIGEST, CLERK, frozenset({"8"})) is None
    again = confirming_refusal(DIGEST, CLERK, frozenset({"7"}))
    unnamed = confirming_refusal(DIGEST, replace(CLERK, number=None), frozenset())
    assert again is not None
    assert unnamed is not None
    assert (again.ground, unnamed.ground) == (Ground.CONFIRMED_ALREADY, Ground.CONFIRMER_UNNAMED)


def test_the_home_log_says_which_papers_count() -> None:
    other = HomeKeyRotated(descriptor="sha256:0", number=2)
    assert authorisations_in([RECORDED, other]) == (PAPER,)
    assert authorisations_in([RECORDED, AuthorisationRevoked(number="WT-2026-3")]) == ()
    longer = replace(RECORDED, until_day="2027-12-31")
    (renewed,) = authorisations_in([RECORDED, longer])
    assert renewed.until_day == date(2027, 12, 31)
    (named,) = authorisations_in([replace(RECORDED, holder="7")])
    assert named == replace(PAPER, holder="7")


def offered_by(writer: str, accepted_by: frozenset[str] | None) -> str:
    refusal = admit(
        None,
        entry(AgreementOffered(document=DIGEST)),
        writer=writer,
        receiver=HANGZHOU if writer == SUZHOU else SUZHOU,
        documents=DOCUMENTS,
        verify=verify,
        at=MORNING,
        accepted_by=accepted_by,
    )
    return refusal.ground if refusal else ""


def test_what_was_negotiated_is_offered_by_who_accepted_it() -> None:
    assert offered_by(SUZHOU, None) == ""
    assert offered_by(SUZHOU, frozenset()) == Ground.STALE_VERSION
    assert offered_by(SUZHOU, frozenset({SUZHOU})) == ""
    assert offered_by(HANGZHOU, frozenset({SUZHOU})) == Ground.OFFER_IS_THE_ACCEPTORS


@pytest.mark.parametrize(
    ("accepted_by", "ground"), [(frozenset(), Ground.STALE_VERSION), (frozenset({SUZHOU}), "")]
)
def test_a_stale_version_is_signed_by_nobody(accepted_by: frozenset[str], ground: str) -> None:
    state = asked(None, offer())
    line = entry(AgreementSigned(document=DIGEST, party=HANGZHOU, note=note(HANGZHOU)))
    refusal = admit(
        state,
        line,
        writer=HANGZHOU,
        receiver=SUZHOU,
        documents=DOCUMENTS,
        verify=verify,
        at=MORNING,
        accepted_by=accepted_by,
    )
    assert (refusal.ground if refusal else "") == ground


def test_who_signs_an_instrument_is_told_that_before_anything_else() -> None:
    answer = decide(None, sign(SUZHOU), replace(context(), documents={}))
    assert isinstance(answer, Refusal)
    assert answer.ground == Ground.UNKNOWN_DOCUMENT
