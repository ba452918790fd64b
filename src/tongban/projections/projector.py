"""Keeps the read models inside the node's own transaction (node/ports.py, Projector)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection as ours
from django.db.models import Manager, Model

from tongban.core.agreements.state import AgreementState
from tongban.core.cases.state import CaseState
from tongban.core.deadlines.calendar import WorkingCalendar
from tongban.core.deadlines.deadline import Deadline
from tongban.core.deadlines.running import deadlines_of
from tongban.core.entry import SubjectKind
from tongban.core.items.item import Item
from tongban.node.ports import Change, Connection
from tongban.projections.case_rows import (
    DocumentOf,
    ItemOf,
    count_waiting,
    deadline_rows,
    fold_case,
    leg_rows,
)
from tongban.projections.models import (
    AgreementRow,
    CaseRow,
    DeadlineRow,
    LegRow,
    ReadRow,
    TimelineRow,
)
from tongban.projections.timeline_rows import read_row, timeline_row

_ALL: tuple[type[Model], ...] = (
    CaseRow,
    TimelineRow,
    LegRow,
    DeadlineRow,
    ReadRow,
    AgreementRow,
)


class WrongConnection(Exception):
    """The node lent another connection than Django's; give it app.django_database."""


class DjangoProjector:
    """Read models in Django's tables, written a batch at a time and never committed here."""

    def __init__(self, item_of: ItemOf, document_of: DocumentOf, calendar: WorkingCalendar) -> None:
        self._item_of = item_of
        self._document_of = document_of
        self._calendar = calendar

    def project(self, connection: Connection, changes: Sequence[Change]) -> None:
        """Fold changes, in order, into the read models."""
        _check(connection)
        cases = [change for change in changes if change.entry.subject.kind is SubjectKind.CASE]
        self._keep_cases(connection, cases)
        _put(TimelineRow, (timeline_row(change) for change in cases))
        _put(ReadRow, (read_row(change) for change in cases))
        _keep_agreements(changes)

    def forget(self, connection: Connection) -> None:
        """Empty every read model before a rebuild."""
        _check(connection)
        for model in _ALL:
            _rows(model).all().delete()

    def _keep_cases(self, connection: Connection, changes: Sequence[Change]) -> None:
        rows = CaseRow.objects.in_bulk({change.entry.subject.id for change in changes})
        states: dict[str, CaseState] = {}
        waiting: set[str] = set()
        for change in changes:
            case = change.entry.subject.id
            if isinstance(change.state, CaseState):
                states[case] = change.state
                row = rows.setdefault(case, CaseRow(case=case))
                item = self._item_of(connection, change.state.item_digest)
                fold_case(row, change, change.state, item)
            elif case in rows and count_waiting(rows[case], change):
                waiting.add(case)
        self._keep_clocks(connection, rows, states)
        _put(CaseRow, (rows[case] for case in {*states, *waiting}))

    def _keep_clocks(
        self, connection: Connection, rows: dict[str, CaseRow], states: dict[str, CaseState]
    ) -> None:
        """Legs and deadlines change as a whole, so they are written anew."""
        LegRow.objects.filter(case__in=states).delete()
        DeadlineRow.objects.filter(case__in=states).delete()
        legs: list[LegRow] = []
        clocks: list[DeadlineRow] = []
        for case, state in states.items():
            item = self._item_of(connection, state.item_digest)
            running = self._running(connection, state, item) if item else ()
            rows[case].due_on = running[0].due_on if running else None
            legs += leg_rows(case, state)
            clocks += deadline_rows(case, running)
        LegRow.objects.bulk_create(legs)
        DeadlineRow.objects.bulk_create(clocks)

    def _running(
        self, connection: Connection, state: CaseState, item: Item
    ) -> tuple[Deadline, ...]:
        basis = state.pinned_basis
        named = basis.document if basis else None
        document = self._document_of(connection, named) if named else None
        return deadlines_of(state, item, self._calendar, document)


def _keep_agreements(changes: Iterable[Change]) -> None:
    rows = {
        (change.state.document, change.peer): _agreement_row(change.state, change.peer)
        for change in changes
        if isinstance(change.state, AgreementState)
    }
    for (document, peer), row in rows.items():
        AgreementRow.objects.filter(document=document, peer=peer).delete()
        row.save(force_insert=True)


def _agreement_row(state: AgreementState, peer: str) -> AgreementRow:
    return AgreementRow(
        document=state.document,
        peer=peer,
        offered_by=state.offered_by,
        offered_at=state.offered_at,
        cited=state.cited,
        signed_by=[signature.party for signature in state.signatures],
        suspended=bool(state.suspensions),
    )


def _put(model: type[Model], rows: Iterable[Any]) -> None:
    """Write rows by primary key: a change that comes once more replaces what it led to before."""
    kept = [row for row in rows if row is not None]
    if not kept:
        return
    fields = [field.name for field in model._meta.concrete_fields]  # noqa: SLF001 - public by Django's documentation
    key = model._meta.pk.name  # noqa: SLF001 - as above
    _rows(model).bulk_create(
        list({row.pk: row for row in kept}.values()),
        update_conflicts=True,
        unique_fields=[key],
        update_fields=[name for name in fields if name != key],
    )


def _rows(model: type[Model]) -> "Manager[Any]":
    return model._default_manager  # noqa: SLF001 - public by Django's documentation


def _check(connection: Connection) -> None:
    if ours.connection is not connection:
        raise WrongConnection("read models must commit with the entries they are made of")
