"""The tree keeps the rooms that ARCHITECTURE.md promises."""

from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "tongban"
VAGUE = {"utils", "helpers", "common", "base", "manager", "misc", "impl"}


def test_no_room_has_a_vague_name() -> None:
    ours = (p for p in SOURCE.rglob("*") if "node_modules" not in p.parts)
    vague = [p for p in ours if p.stem.lower() in VAGUE]
    assert vague == []


def test_every_package_says_what_it_is_for() -> None:
    silent = [
        p
        for p in SOURCE.rglob("__init__.py")
        if "migrations" not in p.parts and not p.read_text(encoding="utf-8").startswith('"""')
    ]
    assert silent == []
