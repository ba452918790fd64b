"""`tongban agreement templates`, `draft` and `departures`: files only, and no node."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.command_line import Ended, invoke

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "agreement-example.yaml"


def draft(output: Path, *options: object, template: object = "alliance") -> Ended:
    return invoke(
        *("agreement", "draft", "--template", template, "--parties", EXAMPLE, "--number", "D-1"),
        *("--title", "草案", "--title-en", "Draft", "--from", "2027-01-01"),
        *("--until", "2028-12-31", "--output", output, *options),
    )


def told(*words: object) -> Any:
    ended = invoke(*words, "--json")
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


def test_templates_say_for_whom_they_are_and_that_they_are_made_up() -> None:
    found = told("agreement", "templates")
    assert {line["scope"] for line in found} == {"national", "alliance"}
    assert all(line["illustrative"] for line in found)
    assert "alliance" in invoke("agreement", "templates").out


def test_a_draft_departs_from_nothing_until_somebody_changes_it(tmp_path: Path) -> None:
    output = tmp_path / "draft.yaml"
    assert "written" in draft(output, "--depositary", "suzhou.g60.demo").out
    assert told("agreement", "departures", output)["departures"] == []
    plain = yaml.safe_load(output.read_text(encoding="utf-8"))
    plain["clauses"][0]["text"]["zh"] = "另行约定"
    output.write_text(yaml.safe_dump(plain, allow_unicode=True), encoding="utf-8")
    assert "1.1: in other words" in invoke("agreement", "departures", output).out


def test_a_template_of_ones_own_is_a_file(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    assert draft(tmp_path / "a.yaml", template=own).code != 0
    own.write_text("number: 1", encoding="utf-8")
    ended = draft(tmp_path / "a.yaml", template=own)
    assert "is not a template" in ended.err


@pytest.mark.parametrize(
    ("options", "words"),
    [((), "depositary"), (("--depositary", "nobody.demo"), "depositary: not a party")],
)
def test_what_does_not_fit_is_named_and_nothing_is_written(
    tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    output = tmp_path / "draft.yaml"
    ended = draft(output, *options)
    assert ended.code == 1
    assert words in ended.err
    assert not output.exists()


def test_an_agreement_from_elsewhere_is_compared_with_the_template_that_one_names() -> None:
    assert "does not come" in invoke("agreement", "departures", EXAMPLE).err
    found = told("agreement", "departures", EXAMPLE, "--template", "alliance")
    assert not found["made_from_it"]
    assert {line["kind"] for line in found["departures"]} >= {"added", "changed", "filled_in"}
