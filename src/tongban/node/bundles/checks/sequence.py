"""Along each log ids grow, nobody forgets what it has seen, and nothing is told in two ways."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tongban.node.bundles.examination import Examination, Line
from tongban.node.bundles.order import contradictions
from tongban.node.bundles.report import Problem


def check_sequence(bundle: Examination) -> Iterator[Problem]:
    """Check each log along its places, then both logs against each other."""
    for lines in bundle.by_log().values():
        for line in lines:
            yield from _seen(line)
        for earlier, later in pairwise(lines):
            yield from _pair(earlier, later)
    yield from _equivocations(bundle.lines)
    for index in contradictions([line.bundled for line in bundle.lines]):
        yield Problem.of(
            "seen_circular",
            zh=f"第 {index + 1} 条声称已见一条排在它之后的记录，先后自相矛盾。",
            en=f"Entry {index + 1} claims to have seen one that must come after it.",
        )


def _seen(line: Line) -> Iterator[Problem]:
    if (line.entry.seen is None) is bool(line.place.log.reader):
        yield Problem.of(
            "seen_misplaced",
            zh=f"第 {line.number} 条：通道日志的记录须写明已见，本地日志的不写。",
            en=f"Entry {line.number}: entries of channels, and only they, say what they had seen.",
        )


def _pair(earlier: Line, later: Line) -> Iterator[Problem]:
    if earlier.place == later.place or earlier.entry.id >= later.entry.id:
        yield Problem.of(
            "ids_do_not_grow",
            zh=f"第 {earlier.number} 条与第 {later.number} 条：同一日志中的编号没有递增。",
            en=f"Entries {earlier.number} and {later.number}: ids do not grow along the log.",
        )
    if earlier.seen > later.seen:
        yield Problem.of(
            "seen_shrinks",
            zh=f"第 {later.number} 条所写的已见少于它之前的第 {earlier.number} 条。",
            en=f"Entry {later.number} had seen less than entry {earlier.number} before it.",
        )


def _equivocations(lines: Sequence[Line]) -> Iterator[Problem]:
    roots: dict[tuple[str, int], bytes] = {}
    for line in lines:
        checkpoint = line.bundled.checkpoint
        known = roots.setdefault((checkpoint.origin, checkpoint.size), checkpoint.root)
        if known != checkpoint.root:
            yield Problem.of(
                "equivocation",
                zh=f"{line.place.log.writer} 对同一日志的同一长度签了两个根摘要（两面陈述）。",
                en=f"{line.place.log.writer} signed two roots for one size of one log.",
            )
