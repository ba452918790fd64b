"""An examination finds whatever is not as it was hashed, signed or folded, and nothing else."""

from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest
from tests.node.looking import submit

from tongban.node.audit.damage import Examined
from tongban.node.audit.examination import examine
from tongban.testing.applications import HEFEI, OFFICER, SONGJIANG, accept, grant
from tongban.testing.memory_nodes import MemoryFederation


def examined(pair: MemoryFederation, name: str = HEFEI) -> Examined:
    return examine(pair[name].kernel, with_bodies=True, progress=lambda *_: None)


def kinds(result: Examined) -> set[str]:
    return {damage.kind for damage in result.damages}


@pytest.fixture
def worked(pair: MemoryFederation) -> MemoryFederation:
    """Two nodes after some days: cases, an erasure, a restart, anchors on the home log."""
    cases = [submit(pair) for _ in range(3)]
    pair.settle()
    pair[HEFEI].execute(accept(cases[0]))
    pair[HEFEI].execute(grant(cases[0]))
    pair[SONGJIANG].erase_body(cases[1], "application", actor=OFFICER, ground="retention_ended")
    pair.nodes[HEFEI].stop()
    pair.nodes[HEFEI].start()
    pair.settle()
    for name in (SONGJIANG, HEFEI):
        pair[name].anchor_channels()
    return pair


@pytest.mark.parametrize("name", [SONGJIANG, HEFEI])
def test_a_store_after_days_of_work_is_whole(worked: MemoryFederation, name: str) -> None:
    result = examined(worked, name)
    assert result.damages == []
    assert result.skipped == []
    counts = result.counts
    assert min(counts.entries, counts.bodies, counts.anchors, counts.documents) > 0
    assert min(counts.signatures, counts.cosignatures, counts.states) > 0


def test_a_rebuilt_node_is_whole(pair: MemoryFederation, tmp_path: Path) -> None:
    pair.nodes[HEFEI].copy_to(tmp_path / "empty")
    for _ in range(3):
        submit(pair)
    pair.settle()
    pair.nodes[HEFEI].put_back(tmp_path / "empty")
    pair.settle()
    assert examined(pair).damages == []


DAMAGE = {
    "entry_changed": "UPDATE tongban_entry SET data = zeroblob(9) WHERE type = 'case.dispatched'",
    "entry_gone": "UPDATE tongban_entry SET data = NULL WHERE type = 'case.accepted'",
    "entries_missing": "DELETE FROM tongban_entry WHERE type = 'case.accepted'",
    "root_differs": "UPDATE tongban_statement SET root = zeroblob(32) WHERE kind = 'cosignature'",
    "signature_broken": "UPDATE tongban_statement SET signature = x'00'"
    " WHERE signature IS NOT NULL AND kind = 'checkpoint'",
    "body_changed": "UPDATE tongban_body SET sealed = zeroblob(99) WHERE sealed IS NOT NULL",
    "chain_broken": "UPDATE tongban_generation SET start = 'z'",
    "not_applied": "DELETE FROM tongban_journal WHERE seq = 5",
    "document_changed": "UPDATE tongban_document SET data = zeroblob(9) WHERE kind = 'cited'",
    "descriptor_changed": "UPDATE tongban_peer SET fingerprint = 'other'",
    "state_differs": "UPDATE tongban_state SET data = x'7b7d' WHERE kind = 'case' AND view = 'own'",
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_found_where_it_is_and_the_remedy_is_said(
    worked: MemoryFederation, kind: str
) -> None:
    with closing(connect(worked.nodes[HEFEI].path)) as raw, raw:
        assert raw.execute(DAMAGE[kind]).rowcount > 0
    result = examined(worked)
    assert kind in kinds(result)
    assert all(damage.place and damage.text and damage.remedy for damage in result.damages)


def test_a_note_of_another_partner_is_no_cosignature(worked: MemoryFederation) -> None:
    with closing(connect(worked.nodes[HEFEI].path)) as raw, raw:
        raw.execute("UPDATE tongban_note SET note = x'00'")
    assert "signature_broken" in kinds(examined(worked))


def test_an_anchor_of_another_history_is_found(worked: MemoryFederation) -> None:
    with closing(connect(worked.nodes[HEFEI].path)) as raw, raw:
        raw.execute("DELETE FROM tongban_statement WHERE kind = 'cosignature'")
    assert "anchor_differs" in kinds(examined(worked))


def test_an_erased_body_that_is_there_again_is_found(worked: MemoryFederation) -> None:
    query = "SELECT * FROM tongban_body WHERE sealed IS NOT NULL AND name = 'application'"
    with closing(connect(worked.nodes[HEFEI].path)) as raw:
        (body, *_) = raw.execute(query).fetchall()
    case = worked[HEFEI].cases()[0].id
    worked[HEFEI].erase_body(case, "application", actor=OFFICER, ground="retention_ended")
    with closing(connect(worked.nodes[HEFEI].path)) as raw, raw:
        raw.execute(
            "UPDATE tongban_body SET sealed = ?, erased_at = NULL WHERE log = ? AND generation = ?"
            " AND leaf = ? AND name = ?",
            (body[5], *body[:4]),
        )
    assert "erased_body_is_there" in kinds(examined(worked))


def test_without_the_keys_all_but_bodies_is_examined(worked: MemoryFederation) -> None:
    result = examine(worked[HEFEI].kernel, with_bodies=False, progress=lambda *_: None)
    assert result.damages == []
    assert "bodies" in result.skipped[0]
