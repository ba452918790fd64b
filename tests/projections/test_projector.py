"""Read models: what they keep, that they can be rebuilt, and what they never do."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Model
from tests.portal.journey import Applicant, accept, applicant, ask_for, grant
from tests.standin import PROJECTOR, World

from tongban.core.cases.events import CorrectionLine
from tongban.node.ports import Change
from tongban.projections.models import CaseRow, DeadlineRow, LegRow, ReadRow, TimelineRow
from tongban.projections.projector import WrongConnection

pytestmark = pytest.mark.django_db
TABLES: tuple[type[Model], ...] = (CaseRow, TimelineRow, LegRow, DeadlineRow, ReadRow)


@pytest.fixture
def she() -> Applicant:
    return applicant()


def live(she: Applicant, world: World) -> str:
    """A case that went most of its way, a case that waits, and a read."""
    world.node.line_open = False
    she.apply()
    world.node.line_open = True
    case = she.apply()
    world.node.arrive(case)
    ask_for(world.node, case, CorrectionLine(code="floor_plan", defect="unreadable"))
    other = she.apply()
    world.node.arrive(other)
    accept(world.node, other)
    grant(world.node, other)
    she.page(f"/cases/{other}/documents/result/")
    return other


def dump() -> dict[str, list[dict[str, Any]]]:
    return {
        table.__name__: sorted(
            (dict(row, id=None) for row in table._default_manager.values()), key=str
        )
        for table in TABLES
    }


def rebuild(changes: Iterable[Change]) -> None:
    with transaction.atomic():
        PROJECTOR.forget(connection.connection)
        PROJECTOR.project(connection.connection, list(changes))


def test_a_rebuild_in_one_batch_equals_what_was_kept_live(she: Applicant, world: World) -> None:
    live(she, world)
    before = dump()
    rebuild(world.node.changes)
    assert dump() == before


def test_a_change_that_comes_once_more_changes_nothing(she: Applicant, world: World) -> None:
    live(she, world)
    before = dump()
    with transaction.atomic():
        PROJECTOR.project(connection.connection, [world.node.changes[-1]])
    assert dump() == before


def test_only_a_masked_name_is_kept(she: Applicant) -> None:
    case = she.apply()
    row = CaseRow.objects.get(case=case)
    assert row.applicant == "张**"
    assert "张小满" not in str(dump())
    assert she.person.identity_number not in str(dump())


def test_an_erased_application_names_nobody_after_a_rebuild(she: Applicant, world: World) -> None:
    she.apply()
    rebuild(replace(change, body=lambda _name: None) for change in world.node.changes)
    assert CaseRow.objects.get().applicant == ""


@pytest.mark.parametrize("content", [b"", b"not json", b"[]", b'{"applicant_name": 7}'])
def test_whatever_a_partner_sends_as_application_breaks_nothing(
    she: Applicant, world: World, content: bytes
) -> None:
    she.apply()
    rebuild(replace(change, body=lambda _name: content) for change in world.node.changes)
    assert CaseRow.objects.get().applicant == ""


def test_a_waiting_case_says_so_until_its_line_opens(she: Applicant, world: World) -> None:
    world.node.line_open = False
    case = she.apply()
    assert CaseRow.objects.get(case=case).waiting == 1


def test_an_unsettled_entry_becomes_settled(she: Applicant, world: World) -> None:
    case = she.apply()
    dispatch = TimelineRow.objects.filter(case=case, kind="CaseDispatched")
    assert not dispatch.get().settled
    world.node.arrive(case)
    assert dispatch.get().settled


def test_the_earliest_deadline_stands_in_the_row(she: Applicant, world: World) -> None:
    case = she.apply()
    world.node.arrive(case)
    accept(world.node, case)
    due = [row.due_on for row in DeadlineRow.objects.filter(case=case).order_by("due_on")]
    assert CaseRow.objects.get(case=case).due_on == due[0]


def test_another_connection_than_djangos_is_not_written_to() -> None:
    with pytest.raises(WrongConnection):
        PROJECTOR.project(sqlite3.connect(":memory:"), [])


def test_forgetting_leaves_nothing(she: Applicant, world: World) -> None:
    live(she, world)
    PROJECTOR.forget(connection.connection)
    assert all(rows == [] for rows in dump().values())


def test_rolled_back_entries_leave_no_rows(she: Applicant, world: World) -> None:
    case = she.apply()
    CaseRow.objects.all().delete()
    with transaction.atomic():
        PROJECTOR.project(connection.connection, [world.node.changes[-1]])
        transaction.set_rollback(True)
    assert not CaseRow.objects.filter(case=case).exists()
