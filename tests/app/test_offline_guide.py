"""What docs/how-to/verify-evidence-offline.md shows is what happens."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from tests.app.test_evidence_commands import FILES, VECTORS
from tests.command_line import REPOSITORY, Ended, invoke

from tongban.node.bundles.archive import pack

GUIDE = REPOSITORY / "docs" / "how-to" / "verify-evidence-offline.md"
SECTION = GUIDE.read_text(encoding="utf-8").partition("## Check a single entry")[2]


@pytest.fixture(autouse=True)
def _at_the_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "case.bundle").write_bytes(pack(FILES))
    (tmp_path / "keys.txt").write_text("\n".join(VECTORS["trust"]), encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def run(line: str) -> Ended:
    return invoke(*shlex.split(line)[1:])


def entries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        run("tongban evidence verify case.bundle --trust keys.txt --json").out
    )["entries"]
    return found


def test_the_worked_example_runs_as_it_is_shown() -> None:
    (taking,) = re.findall(r"```sh\n(.*?)\n```", SECTION)
    shown, answer = re.findall(r"```text\n(.*?)\n```", SECTION, re.DOTALL)
    assert run(taking).out == " ".join(shown.split())
    checked = run(shown.splitlines()[1])
    assert (checked.code, checked.out) == (0, answer)


def test_every_entry_of_a_bundle_can_be_proven_by_its_own_proof_file() -> None:
    for entry in entries():
        taking = f"tongban evidence proof case.bundle --entry {entry['number']} --output proof"
        taken = json.loads(run(f"{taking} --json").out)
        assert (taken["log"], taken["cosigners"]) == (entry["log_vkey"], entry["cosigner_vkeys"])
        assert run(taken["command"]).code == 0
        assert bool(taken["cosigners"]) is entry["proven"]


def test_a_changed_entry_is_not_proven() -> None:
    taken = json.loads(run("tongban evidence proof case.bundle --entry 13 -o proof --json").out)
    Path(taken["entry"]).write_bytes(Path(taken["entry"]).read_bytes() + b" ")
    assert run(taken["command"]).code == 1


def test_out_of_a_bundle_that_does_not_hold_no_proof_is_taken() -> None:
    Path("case.bundle").write_bytes(pack({**FILES, "entries/0001.json": b"{}"}))
    refused = run("tongban evidence proof case.bundle --entry 13 --output proof")
    assert refused.code == 1
    assert "is not verified" in refused.err
    assert not Path("proof").exists()


def test_what_is_no_bundle_is_named() -> None:
    Path("case.bundle").write_bytes(b"garbage")
    refused = run("tongban evidence proof case.bundle --entry 13 --output proof")
    assert (refused.code, "case.bundle: " in refused.err) == (2, True)


def test_a_number_that_no_entry_has_is_said() -> None:
    refused = run("tongban evidence proof case.bundle --entry 99 --output proof")
    assert refused.code == 1
    assert "has no entry 99; its entries are 1 to" in refused.err
