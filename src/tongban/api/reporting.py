"""Recording what a system reports: each fact once, in a transaction with its key."""

from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.db import IntegrityError
from django.utils.crypto import salted_hmac

from tongban.api.actors import connector_of
from tongban.api.facts import Report, command_of
from tongban.api.grounds import ConnectorGround, refuse, words_of
from tongban.api.instants import instant_of
from tongban.api.messages import (
    AnswerKind,
    FactAnswer,
    InTwoLanguages,
    ReportedFact,
    WhyRefused,
)
from tongban.api.models import ConnectorToken, RecordedFact
from tongban.api.waiting import ground_of, waits_as
from tongban.core.cases.commands import CaseCommand
from tongban.core.cases.events import Reported
from tongban.core.cases.state import CaseState
from tongban.core.refusal import Refusal, Remedy
from tongban.node.ports import Connection
from tongban.pages.node_access import current_node, now


def report_all(
    access: ConnectorToken, state: CaseState, facts: Iterable[ReportedFact]
) -> list[FactAnswer]:
    """Take facts one by one in their order; what one of them lacks does not hold up the next."""
    return [_report(access, state, fact) for fact in facts]


def status_of(access: ConnectorToken, state: CaseState, key: str) -> FactAnswer | None:
    """What became of a fact that was recorded under a key; None where none was."""
    row = RecordedFact.objects.filter(system=access.system, case=state.id, key=key).first()
    if row is None:
        return None
    ground = ground_of(row)
    if ground:
        return _refused(key, Refusal(ground=ground, remedies=(Remedy.MEND_AND_RETRY,)))
    return FactAnswer(key=key, answer=AnswerKind.RECORDED, waiting=ground is None)


def _report(access: ConnectorToken, state: CaseState, fact: ReportedFact) -> FactAnswer:
    row = RecordedFact(
        system=access.system,
        case=state.id,
        key=fact.key,
        digest=_digest(fact),
        recorded_at=now(),
    )
    known = _known(row)
    if known is not None:
        return known
    command = _command(access, state, fact)
    return _refused(fact.key, command) if isinstance(command, Refusal) else _record(command, row)


def _record(command: CaseCommand, row: RecordedFact) -> FactAnswer:
    try:
        done = current_node().execute(command, beside=partial(_remember, row))
    except IntegrityError:
        # The same fact was being recorded at the same time, and that one won.
        known = _known(row)
        if known is None:
            raise
        return known
    if isinstance(done, Refusal):
        return _refused(row.key, done)
    return FactAnswer(key=row.key, answer=AnswerKind.RECORDED, waiting=done.waiting)


def _remember(row: RecordedFact, connection: Connection) -> None:
    """In the transaction of the command: neither is there without the other."""
    row.intent = waits_as(connection, row.case)
    for before in RecordedFact.objects.filter(**_key(row)):
        if ground_of(before):
            # It waited and came back, so its key is free again.
            before.delete()
    row.save(force_insert=True)


def _known(row: RecordedFact) -> FactAnswer | None:
    """The answer to a key that was used before."""
    before = RecordedFact.objects.filter(**_key(row)).first()
    ground = ground_of(before) if before else ""
    if before is None or ground:
        return None
    if before.digest != row.digest:
        return _refused(row.key, refuse(ConnectorGround.KEY_USED_BEFORE))
    return FactAnswer(key=row.key, answer=AnswerKind.REPEATED, waiting=ground is None)


def _key(row: RecordedFact) -> dict[str, str]:
    return {"system": row.system, "case": row.case, "key": row.key}


def _command(access: ConnectorToken, state: CaseState, fact: ReportedFact) -> CaseCommand | Refusal:
    reported_at = now()
    acted_at = instant_of(fact.acted_at, reported_at)
    if isinstance(acted_at, Refusal):
        return acted_at
    reported = Reported(acted_at=acted_at, reported_at=reported_at, system=access.system)
    report = Report(case=state.id, actor=connector_of(access, state), reported=reported)
    return command_of(fact, report)


def _digest(fact: ReportedFact) -> str:
    """Keyed, because it outlives an erasure of the documents that it covers."""
    mac = salted_hmac(
        "tongban.api.reporting",
        fact.model_dump_json(),
        secret=settings.TONGBAN_DATA_KEY,
        algorithm="sha256",
    )
    return mac.hexdigest()


def _refused(key: str, refusal: Refusal) -> FactAnswer:
    words = words_of(refusal.ground)
    return FactAnswer(
        key=key,
        answer=AnswerKind.REFUSED,
        ground=refusal.ground,
        detail=refusal.detail,
        words=WhyRefused(
            what=InTwoLanguages.of(words.what),
            why=InTwoLanguages.of(words.why),
            next=InTwoLanguages.of(words.next),
        ),
    )
