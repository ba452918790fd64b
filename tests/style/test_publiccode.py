"""publiccode.yaml says what the standard asks for, and the same as pyproject.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

MANDATORY = {
    "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus",
    "softwareType", "description", "legal", "maintenance", "localisation",
}  # fmt: skip


@pytest.fixture(scope="session")
def publiccode(root: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((root / "publiccode.yaml").read_text(encoding="utf-8"))
    return loaded


def test_every_mandatory_key_is_there(publiccode: dict[str, Any]) -> None:
    assert MANDATORY - publiccode.keys() == set()


def test_descriptions_keep_the_lengths_of_the_standard(publiccode: dict[str, Any]) -> None:
    for description in publiccode["description"].values():
        assert len(description["shortDescription"]) <= 150
        assert 150 <= len(description["longDescription"]) <= 10_000


def test_the_licence_is_the_package_s(root: Path, publiccode: dict[str, Any]) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert publiccode["legal"]["license"] == project["license"]
