"""`tongban evidence check-proof` answers 0, 1 or 2 and says why in one line."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command_line import invoke

from tongban.app.proof_commands import check_proof_command

SPEC = Path(__file__).resolve().parents[2] / "spec"
VECTOR: dict[str, Any] = json.loads((SPEC / "vectors" / "evidence" / "proofs.json").read_bytes())[
    "accepted"
][0]
LOG, COSIGNERS = VECTOR["log"], VECTOR["cosigners"]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "case.tlog-proof").write_text(VECTOR["proof"], encoding="utf-8")
    (tmp_path / "entry.json").write_bytes(bytes.fromhex(VECTOR["entry"]))
    return tmp_path / "case.tlog-proof", tmp_path / "entry.json"


def test_a_proof_that_holds_answers_0_and_names_log_and_cosigners(files: tuple[Path, Path]) -> None:
    code, reason = check_proof_command(*files, LOG, COSIGNERS)
    assert code == 0
    assert reason == (
        "proven: entry 4 is in the log songjiang.example/channel/hefei.example/1 of size 7, "
        "cosigned by hefei.example/mirror, cosigned by jiaxing.example/witness"
    )


def test_a_proof_of_another_entry_answers_1(files: tuple[Path, Path]) -> None:
    files[1].write_bytes(b"another entry")
    code, reason = check_proof_command(*files, LOG, [])
    assert code == 1
    assert reason.startswith("not proven: the hashes do not lead from this entry")


def test_a_missing_cosigner_answers_1_and_is_named(files: tuple[Path, Path]) -> None:
    absent = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    code, reason = check_proof_command(*files, LOG, [*COSIGNERS, absent])
    assert code == 1
    assert "the signature of PeterNeumann (key c74f20a3) is missing" in reason


def test_what_is_no_proof_answers_2(files: tuple[Path, Path]) -> None:
    files[0].write_bytes(b"\xff")
    code, reason = check_proof_command(*files, LOG, [])
    assert (code, reason.partition(":")[0]) == (2, "unreadable")


def test_what_is_no_key_answers_2(files: tuple[Path, Path]) -> None:
    assert check_proof_command(*files, "no key", [])[0] == 2
    assert check_proof_command(*files, LOG, ["no key"])[0] == 2


def test_a_file_that_is_not_there_answers_2_and_is_named(files: tuple[Path, Path]) -> None:
    files[1].unlink()
    code, reason = check_proof_command(*files, LOG, [])
    assert code == 2
    assert "entry.json" in reason


def test_every_reason_is_one_line(files: tuple[Path, Path]) -> None:
    for entry in (files[1], files[0], files[1].parent):
        assert "\n" not in check_proof_command(files[0], entry, LOG, [])[1]


def test_programs_get_json_with_the_same_answer(files: tuple[Path, Path]) -> None:
    options = ("--entry", files[1], "--log", LOG, "--json")
    proven = invoke("evidence", "check-proof", files[0], *options)
    assert proven.code == 0
    assert json.loads(proven.out).keys() == {"proven", "readable", "reason"}
    assert json.loads(proven.out)["proven"] is True
    files[1].write_bytes(b"another entry")
    refused = invoke("evidence", "check-proof", files[0], *options)
    assert (refused.code, json.loads(refused.out)["proven"]) == (1, False)
    files[0].unlink()
    unreadable = invoke("evidence", "check-proof", files[0], *options)
    assert (unreadable.code, json.loads(unreadable.out)["readable"]) == (2, False)
