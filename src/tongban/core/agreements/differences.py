"""What differs between two versions of an agreement: field by field, and word by word.

What has a name of its own is matched by it, wherever it stands: clauses by their number, parties
and liaison offices by their node, consents and grants by whose they are. Lists of codes, such as
items, are compared as sets, so that the order in which somebody wrote them is no difference.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

import msgspec

from tongban.core.agreements.document import Agreement


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One place at which two versions differ.

    path: such as `clauses[2.1].grants[hefei>suzhou].items`. before, after: plain values; None where
    there is none. Of a list of codes, those that went and those that came.
    """

    path: str
    before: Any
    after: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A stretch of text: the same in both where before equals after."""

    before: str
    after: str

    @property
    def same(self) -> bool:
        """Whether nothing changed here."""
        return self.before == self.after


#: By what the lines of a list are known; whatever has none of these is compared in its order.
_NAMES: Sequence[tuple[str, ...]] = (
    ("number",),
    ("granter", "grantee"),
    ("organisation", "granter"),
    ("node",),
    ("leg",),
    ("code",),
)

_NAME_OF_ITEM = ".item_names."

#: Chinese is compared character by character, other scripts by words.
_WORDS = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
_SENTENCES = re.compile(r"[^。；;.\n]*[。；;.\n]|[^。；;.\n]+")

#: Beyond so many pairs of pieces a stretch counts as changed whole: who writes a text that takes
#: minutes to compare holds nobody up.
_PAIRS_MAX = 4_000_000


def differences(before: Agreement, after: Agreement) -> tuple[Difference, ...]:
    """Every place at which two versions differ, in the order of their fields."""
    found = compared("", _plain(before), _plain(after))
    return tuple(each for each in found if not _goes_with_its_item(each))


def passages(before: str, after: str) -> tuple[Passage, ...]:
    """Two texts side by side; sentences are matched first, then the words of those that changed."""
    return tuple(_joined(_by_sentences(before, after)))


def compared(path: str, before: Any, after: Any) -> Iterator[Difference]:
    """Every place below a path at which two plain values differ."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _maps(path, before, after)
    elif isinstance(before, list | tuple) and isinstance(after, list | tuple):
        yield from _lists(path, before, after)
    else:
        yield Difference(path=path, before=before, after=after)


def _plain(agreement: Agreement) -> dict[str, Any]:
    """With names of items beside their codes: a name has no place of its own in a list."""
    plain: dict[str, Any] = msgspec.to_builtins(agreement)
    for consent in plain["consents"]:
        named = zip_longest(consent["items"], consent["item_names"], fillvalue="")
        consent["item_names"] = dict(named)
    return plain


def _goes_with_its_item(found: Difference) -> bool:
    return _NAME_OF_ITEM in found.path and (found.before is None or found.after is None)


def _maps(path: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for key in dict.fromkeys((*before, *after)):
        where = f"{path}.{key}" if path else key
        yield from compared(where, before.get(key), after.get(key))


def _lists(path: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Difference]:
    lines = (*before, *after)
    if all(isinstance(line, str) for line in lines):
        yield from _sets(path, before, after)
        return
    one, other = _named(before, lines), _named(after, lines)
    for name in dict.fromkeys((*one, *other)):
        yield from compared(f"{path}[{name}]", one.get(name), other.get(name))


def _sets(path: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    old, new = set(before), set(after)
    gone = [code for code in before if code not in new]
    come = [code for code in after if code not in old]
    if gone or come:
        yield Difference(path=path, before=gone, after=come)


def _named(lines: Sequence[Any], all_lines: Sequence[Any]) -> dict[str, Any]:
    """Lines by name, where all have one; a second line of one name is known by its place, too."""
    fields = next((names for names in _NAMES if _have(all_lines, names)), ())
    if not fields:
        return {str(place): line for place, line in enumerate(lines, 1)}
    seen: Counter[str] = Counter()
    found = {}
    for line in lines:
        name = ">".join(str(line[field]) for field in fields)
        seen[name] += 1
        found[name if seen[name] == 1 else f"{name}#{seen[name]}"] = line
    return found


def _have(lines: Sequence[Any], names: tuple[str, ...]) -> bool:
    return all(isinstance(line, dict) and all(name in line for name in names) for line in lines)


def _by_sentences(before: str, after: str) -> Iterator[Passage]:
    for part in _matched(_SENTENCES.findall(before), _SENTENCES.findall(after)):
        if part.before and part.after and not part.same:
            yield from _matched(_WORDS.findall(part.before), _WORDS.findall(part.after))
        else:
            yield part


def _matched(one: Sequence[str], other: Sequence[str]) -> Iterator[Passage]:
    """Pieces that stayed and pieces that changed, in order."""
    head = _alike(one, other)
    tail = _alike(one[head:][::-1], other[head:][::-1])
    old, new = one[head : len(one) - tail], other[head : len(other) - tail]
    yield _passage(one[:head], other[:head])
    if len(old) * len(new) > _PAIRS_MAX:
        yield _passage(old, new)
    else:
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        for _, first, last, start, end in matcher.get_opcodes():
            yield _passage(old[first:last], new[start:end])
    yield _passage(one[len(one) - tail :], other[len(other) - tail :])


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many pieces the two have in common from their beginning on."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _passage(before: Sequence[str], after: Sequence[str]) -> Passage:
    return Passage(before="".join(before), after="".join(after))


def _joined(parts: Iterator[Passage]) -> Iterator[Passage]:
    """Stretches that stayed, or that changed, in one piece each."""
    held: Passage | None = None
    for part in parts:
        if not part.before and not part.after:
            continue
        if held is not None and held.same == part.same:
            held = Passage(before=held.before + part.before, after=held.after + part.after)
        else:
            if held is not None:
                yield held
            held = part
    if held is not None:
        yield held
