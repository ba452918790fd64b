"""`tongban demo --once --json`, and its evidence on a computer that knows no node."""

import json
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.command_line import REPOSITORY, ended, tongban
from tests.journeys.processes import mentioning
from tests.ports import free_base

from tongban.app.demo.once import JOURNEYS

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

NAMES = [journey.name for journey in JOURNEYS]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("once")


@pytest.fixture(scope="module")
def played(root: Path) -> subprocess.CompletedProcess[str]:
    options = ("--once", "--json", "--folder", root / "demo", "--port", free_base())
    return tongban("demo", *options, seconds=280)


@pytest.fixture(scope="module")
def summary(played: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert (played.returncode, played.stderr) == (0, "")
    found: dict[str, Any] = json.loads(played.stdout)
    return found


@pytest.fixture(scope="module")
def keys(summary: dict[str, Any], root: Path) -> Path:
    """What an operator of Songjiang, which knows all others, hands to an auditor."""
    assert summary["ok"]
    path = root / "keys.txt"
    folder = root / "demo/songjiang"
    assert tongban("peer", "keys", "--output", path, "--folder", folder).returncode == 0
    return path


@pytest.fixture
def journey(summary: dict[str, Any], name: str) -> dict[str, Any]:
    return next(line for line in summary["journeys"] if line["name"] == name)


@pytest.fixture
def bundle(journey: dict[str, Any]) -> Path:
    return Path(journey["evidence"])


def test_it_plays_every_journey_on_nine_nodes(summary: dict[str, Any]) -> None:
    assert (summary["nodes"], summary["ok"]) == (9, True)
    assert [line["name"] for line in summary["journeys"]] == NAMES


@pytest.mark.parametrize(("city", "suite"), [("suzhou", "sm2-sm3"), ("hangzhou", "ed25519-sha256")])
@pytest.mark.usefixtures("summary")
def test_cities_of_both_suites_take_part(root: Path, city: str, suite: str) -> None:
    said = ended(tongban("key", "list", "--json", "--folder", root / "demo" / city))
    assert [line["suite"] for line in json.loads(said.out)] == [suite]


@pytest.mark.parametrize("name", NAMES)
def test_each_journey_says_what_the_contract_promises(journey: dict[str, Any]) -> None:
    assert {"name", "case", "state", "entries", "evidence", "verified"} <= journey.keys()
    assert (journey["state"], journey["verified"]) == ("delivered", True)
    assert journey["entries"] > 0


@pytest.mark.parametrize("name", NAMES)
def test_the_evidence_is_verified_without_a_node(journey: dict[str, Any], bundle: Path) -> None:
    checked = tongban("evidence", "verify", bundle, "--json")
    report = json.loads(checked.stdout)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert (report["verified"], report["case"], report["problems"]) == (True, journey["case"], [])


@pytest.mark.parametrize("name", NAMES)
def test_the_evidence_leaves_no_outcome_open_and_nothing_signed_by_one_side(bundle: Path) -> None:
    report = json.loads(tongban("evidence", "verify", bundle, "--json").stdout)
    shared = [entry for entry in report["entries"] if entry["reader"]]
    assert {entry["proven"] for entry in shared} == {True}
    assert {entry["outcome"] for entry in shared if entry["about_case"]} == {"taken_effect"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("part", [0.0, 0.3, 0.6, 0.999999])
def test_one_changed_byte_is_noticed(bundle: Path, part: float, tmp_path: Path) -> None:
    content = bytearray(bundle.read_bytes())
    content[int(len(content) * part)] ^= 1
    changed = tmp_path / "changed.bundle"
    changed.write_bytes(content)
    checked = tongban("evidence", "verify", changed, "--json")
    assert checked.returncode in {1, 2}
    assert json.loads(checked.stdout)["verified"] is False


@pytest.mark.parametrize("name", NAMES)
def test_keys_that_an_operator_trusts_anchor_the_evidence(bundle: Path, keys: Path) -> None:
    checked = tongban("evidence", "verify", bundle, "--trust", keys, "--json")
    assert (checked.returncode, json.loads(checked.stdout)["anchored"]) == (0, True)


@pytest.mark.parametrize("name", NAMES)
def test_evidence_is_not_verified_with_the_keys_of_strangers(bundle: Path, tmp_path: Path) -> None:
    vectors = json.loads((REPOSITORY / "spec/vectors/bundles/bundles.json").read_bytes())
    trust = tmp_path / "trust.txt"
    trust.write_text("\n".join(vectors["trust"]), encoding="utf-8")
    checked = tongban("evidence", "verify", bundle, "--trust", trust)
    assert checked.returncode == 1
    assert "Evidence bundle: verified" not in checked.stdout


def test_nothing_runs_any_more_when_it_has_ended(
    played: subprocess.CompletedProcess[str], root: Path
) -> None:
    assert played.returncode == 0
    assert mentioning(root) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_folder_that_was_named_is_its_owners_alone(
    summary: dict[str, Any], root: Path, bundle: Path
) -> None:
    assert summary["ok"]
    assert stat.S_IMODE((root / "demo").stat().st_mode) == 0o700
    assert bundle.parent == root / "demo/evidence"
    assert stat.S_IMODE(bundle.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["J2"])
@pytest.mark.parametrize(
    ("option", "says"), [("--bodies", "contents of the case, which are"), ("--no-bodies", "not in")]
)
def test_evidence_is_exported_for_one_reader_and_says_whether_it_holds_personal_data(
    journey: dict[str, Any], root: Path, tmp_path: Path, option: str, says: str
) -> None:
    path = tmp_path / "case.bundle"
    where = ("--output", path, "--folder", root / "demo/suzhou")
    exported = ended(tongban("evidence", "export", journey["case"], option, *where))
    assert (exported.code, exported.err) == (0, "")
    assert f"{path}, which only you can read" in exported.out
    assert "personal data" in exported.out
    assert says in exported.out
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert tongban("evidence", "verify", path).returncode == 0
