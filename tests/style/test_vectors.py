"""Every example of the specification is read by some test, so that none of them rots."""

from pathlib import Path

VECTORS = Path("spec/vectors")


def test_every_vector_is_read_by_some_test(texts: dict[Path, str]) -> None:
    readers = [
        text
        for path, text in texts.items()
        if path.parts[0] == "tests" and path.suffix == ".py" and "vectors" in text
    ]
    vectors = [path for path in texts if path.is_relative_to(VECTORS) and path.suffix != ".md"]
    assert [path for path in vectors if not any(_names(path, text) for text in readers)] == []


def _names(path: Path, reader: str) -> bool:
    """Whether a test names the vector's file, or a folder below spec/vectors that it reads."""
    parts = path.relative_to(VECTORS).parts
    return any(f'"{part}"' in reader or f"/{part}" in reader for part in (path.stem, *parts))
