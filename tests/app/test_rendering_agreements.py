"""`tongban agreement render`: of a file without a node, and of what a node keeps."""

import json
from pathlib import Path

import pytest
from tests.command_line import invoke

from tongban.agreement_text.text import Format
from tongban.core.words import Language

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "agreement-example.yaml"
BEGINNINGS = {Format.HTML: b"<!doctype html>", Format.PDF: b"%PDF", Format.DOCX: b"PK"}


@pytest.mark.parametrize("kind", Format)
def test_a_file_is_rendered_without_a_node(tmp_path: Path, kind: Format) -> None:
    output = tmp_path / f"agreement.{kind}"
    ended = invoke(
        *("agreement", "render", EXAMPLE, "--format", kind),
        *("--language", Language.ENGLISH, "--output", output, "--json"),
    )
    assert ended.code == 0, ended.err
    assert json.loads(ended.out)["format"] == kind
    assert output.read_bytes().startswith(BEGINNINGS[kind])


def test_a_field_that_does_not_fit_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    written = tmp_path / "agreement.yaml"
    text = EXAMPLE.read_text(encoding="utf-8")
    written.write_text(text.replace("daily_limit: 200", "daily_limit: -1"), encoding="utf-8")
    ended = invoke("agreement", "render", written, "--output", tmp_path / "agreement.pdf")
    assert ended.code == 1
    assert "clauses[1].grants[0].daily_limit: fewer than none" in ended.err
    assert list(tmp_path.iterdir()) == [written]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    ended = invoke("agreement", "render", tmp_path / "none.yaml", "--output", tmp_path / "a.pdf")
    assert ended.code == 2
    assert "none.yaml" in ended.err
