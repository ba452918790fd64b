"""Documents stay true to the tree: links lead somewhere, translations keep step."""

import re
from collections.abc import Iterator
from pathlib import Path

CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^(#{1,6}) +(.+?) *$", re.MULTILINE)
DECISION = re.compile(r"^# \d{4} · .+\n\nDate: \d{4}-\d{2}-\d{2} · Status: \w+", re.MULTILINE)
DECISION_PARTS = ["Decision", "Rationale", "Consequence"]


def test_every_link_between_documents_leads_somewhere(
    root: Path, documents: dict[Path, str]
) -> None:
    dead = [
        f"{path}: {target}"
        for path, text in documents.items()
        for target in LINK.findall(CODE.sub("", text))
        if not _resolves(root, path, target, documents)
    ]
    assert dead == []


def test_the_chinese_readme_keeps_step_with_the_english_one(documents: dict[Path, str]) -> None:
    english, chinese = (_levels(documents[Path(name)]) for name in ("README.md", "README.zh-CN.md"))
    assert chinese == english


def test_decisions_are_numbered_dated_and_complete(documents: dict[Path, str]) -> None:
    folder = Path("docs/decisions")
    records = {p: t for p, t in documents.items() if p.parent == folder and p.stem != "README"}
    numbers = sorted(int(path.name[:4]) for path in records)
    assert numbers == list(range(1, len(numbers) + 1))
    assert [path for path, text in records.items() if not _is_decision(text)] == []


def test_every_document_is_reached_from_the_readme(documents: dict[Path, str]) -> None:
    reached: set[Path] = set()
    waiting = [Path("README.md")]
    while waiting:
        path = waiting.pop()
        if path in documents and path not in reached:
            reached.add(path)
            waiting += _neighbours(path, documents[path])
    lost = {path for path in documents if path.parts[0] in {"docs", "spec"}} - reached
    assert lost == set()


def _resolves(root: Path, path: Path, target: str, documents: dict[Path, str]) -> bool:
    if re.match(r"[a-z]+:", target):
        return True
    name, _, anchor = target.partition("#")
    place = _normal(path.parent / name) if name else path
    if not (root / place).exists():
        return False
    return not anchor or anchor in set(_anchors(documents.get(place, "")))


def _normal(path: Path) -> Path:
    """The path without its detours; a link to a folder means its README."""
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return Path(*parts)


def _neighbours(path: Path, text: str) -> list[Path]:
    targets = [target.partition("#")[0] for target in LINK.findall(CODE.sub("", text))]
    local = [_normal(path.parent / t) for t in targets if t and not re.match(r"[a-z]+:", t)]
    return [*local, *(place / "README.md" for place in local)]


def _anchors(text: str) -> Iterator[str]:
    """The anchors that hosting sites give to headings."""
    for _, heading in HEADING.findall(CODE.sub(lambda code: code[0].strip("`"), text)):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _levels(text: str) -> list[int]:
    return [
        len(marks) for marks, _ in HEADING.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    ]


def _is_decision(text: str) -> bool:
    headings = [heading for _, heading in HEADING.findall(text)][1:]
    return DECISION.match(text) is not None and headings == DECISION_PARTS
