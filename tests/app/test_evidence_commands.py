"""`tongban evidence verify` answers 0, 1 or 2, to people and to programs."""

import json
from pathlib import Path
from typing import Any

import pytest

from tongban.app.evidence_commands import verify_command
from tongban.node.bundles.archive import pack

SPEC = Path(__file__).resolve().parents[2] / "spec"
PROOFS: dict[str, Any] = json.loads((SPEC / "vectors/misbehaviour/proofs.json").read_bytes())
VECTORS: dict[str, Any] = json.loads((SPEC / "vectors/bundles/bundles.json").read_bytes())
FILES = {
    name: bytes.fromhex(text) if name.startswith("bodies/") else text.encode()
    for name, text in VECTORS["accepted"][0]["files"].items()
}


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    path = tmp_path / "case.bundle"
    path.write_bytes(pack(FILES))
    return path


@pytest.fixture
def trust(tmp_path: Path) -> Path:
    path = tmp_path / "keys.txt"
    path.write_text("# by telephone\n\n" + "\n".join(VECTORS["trust"]), encoding="utf-8")
    return path


def test_a_verified_bundle_answers_0_in_chinese_and_then_in_english(
    bundle: Path, trust: Path
) -> None:
    code, text = verify_command(bundle, trust, as_json=False)
    assert code == 0
    assert text.startswith("证据包核验：通过\n")
    assert "\nEvidence bundle: verified\n" in text
    assert "Keys: all on the trust list" in text


def test_json_has_what_programs_need(bundle: Path, trust: Path) -> None:
    code, text = verify_command(bundle, trust, as_json=True)
    report = json.loads(text)
    assert (code, report["verified"], report["anchored"]) == (0, True, True)
    assert report["case"] == VECTORS["accepted"][0]["report"]["case"]
    assert len(report["entries"]) == len(VECTORS["accepted"][0]["report"]["entries"])
    assert report["problems"] == []
    assert {"zh", "en"} == set(report["proven"][0])


def test_without_trusted_keys_it_answers_0_and_says_that_they_are_not_anchored(
    bundle: Path,
) -> None:
    code, text = verify_command(bundle, None, as_json=False)
    assert code == 0
    assert "密钥：未锚定" in text


def test_unknown_keys_answer_1(bundle: Path, trust: Path) -> None:
    trust.write_text(VECTORS["trust"][0], encoding="utf-8")
    code, text = verify_command(bundle, trust, as_json=True)
    report = json.loads(text)
    assert code == 1
    assert {problem["code"] for problem in report["problems"]} == {"key_unknown"}


def test_a_changed_file_answers_1_and_is_named(bundle: Path) -> None:
    bundle.write_bytes(pack({**FILES, "entries/0001.json": b"{}"}))
    code, text = verify_command(bundle, None, as_json=False)
    assert code == 1
    assert "entries/0001.json" in text


@pytest.mark.parametrize("as_json", [True, False])
def test_what_is_no_bundle_answers_2(bundle: Path, *, as_json: bool) -> None:
    bundle.write_bytes(pack(FILES) + b"x")
    code, text = verify_command(bundle, None, as_json=as_json)
    assert code == 2
    assert "读不出证据包" in text


def test_an_unreadable_answer_is_json_with_the_same_members(bundle: Path) -> None:
    bundle.write_bytes(b"")
    _, text = verify_command(bundle, None, as_json=True)
    report = json.loads(text)
    assert (report["verified"], report["case"], report["entries"]) == (False, "", [])
    assert [problem["code"] for problem in report["problems"]] == ["unreadable"]


def test_a_file_that_is_not_there_answers_2_and_is_named(bundle: Path) -> None:
    code, text = verify_command(bundle.with_name("nowhere"), None, as_json=False)
    assert code == 2
    assert "nowhere" in text


@pytest.fixture
def proof(tmp_path: Path) -> Path:
    path = tmp_path / "hefei.proof"
    files = PROOFS["accepted"][0]["files"]
    path.write_bytes(pack({name: text.encode() for name, text in files.items()}))
    return path


def test_a_proof_of_misbehaviour_answers_0_in_chinese_and_then_in_english(
    proof: Path, trust: Path
) -> None:
    trust.write_text("\n".join(PROOFS["trust"]), encoding="utf-8")
    code, text = verify_command(proof, trust, as_json=False)
    assert code == 0
    assert text.startswith("自相矛盾证明核验：通过\n")
    assert "\nProof of misbehaviour: verified\n" in text


def test_a_proof_of_misbehaviour_is_json_with_the_members_of_every_report(proof: Path) -> None:
    code, text = verify_command(proof, None, as_json=True)
    report = json.loads(text)
    assert (code, report["verified"], report["case"], report["entries"]) == (0, True, "", [])
    assert (report["accused"], report["signed_as"]) == ("hefei.example", "writer")


def test_a_changed_proof_of_misbehaviour_answers_1_and_names_the_file(proof: Path) -> None:
    files = {n: t.encode() for n, t in PROOFS["accepted"][0]["files"].items()}
    files["checkpoints/second.note"] = files["checkpoints/first.note"]
    proof.write_bytes(pack(files))
    code, text = verify_command(proof, None, as_json=False)
    assert code == 1
    assert "checkpoints/second.note" in text


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize("content", [b"no key", b"\xff\xfe", b"a+b+c", None])
def test_a_trust_file_that_is_none_is_blamed_itself(
    bundle: Path, trust: Path, content: bytes | None, *, as_json: bool
) -> None:
    trust.unlink() if content is None else trust.write_bytes(content)
    code, text = verify_command(bundle, trust, as_json=as_json)
    assert code == 2
    assert str(trust) in text
    assert "mend the trust file" in text
    assert "读不出证据包" not in text


def test_a_bundle_that_is_none_is_named(bundle: Path, trust: Path) -> None:
    bundle.write_bytes(b"garbage")
    assert str(bundle) in verify_command(bundle, trust, as_json=False)[1]
