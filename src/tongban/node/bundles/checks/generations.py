"""Each generation in use shows its opening, and openings fit what they follow."""

from collections.abc import Iterator, Mapping, Sequence

from tongban.core.channel.events import GenerationOpened
from tongban.core.home.events import HomeOpened
from tongban.node.bundles.examination import Examination, Line
from tongban.node.bundles.report import Problem

Opening = GenerationOpened | HomeOpened


def check_generations(bundle: Examination) -> Iterator[Problem]:
    """Check each log's generations by themselves, then each against the one before it."""
    for log, lines in bundle.by_log().items():
        opening_kind = GenerationOpened if log.reader else HomeOpened
        generations: dict[int, list[Line]] = {}
        for line in lines:
            generations.setdefault(line.place.generation, []).append(line)
        openings: dict[int, Opening] = {}
        for number, members in generations.items():
            opening = members[0].entry.event
            if isinstance(opening, opening_kind) and _opens(opening, members):
                openings[number] = opening
            else:
                yield _faulty(
                    members[0],
                    zh="开启记录缺失，或与本代不符",
                    en="its opening is missing or is of another generation",
                )
        yield from _links(generations, openings)
        yield from _keys(generations)


def _opens(opening: Opening, members: Sequence[Line]) -> bool:
    """Whether the first entry opens the generation that all members stand in, and no other does."""
    first = members[0].place
    starts = {member.place.start for member in members}
    return (
        first.index == 0
        and starts == {opening.start}
        and opening.number == first.generation
        and not any(isinstance(member.entry.event, Opening) for member in members[1:])
    )


def _links(
    generations: Mapping[int, Sequence[Line]], openings: Mapping[int, Opening]
) -> Iterator[Problem]:
    for number, opening in openings.items():
        before = generations.get(number - 1)
        if before and not _follows(opening, before):
            yield _faulty(
                generations[number][0],
                zh="与上一代的末尾接不上",
                en="it does not follow from the end of the one before",
            )


def _keys(generations: Mapping[int, Sequence[Line]]) -> Iterator[Problem]:
    """One key set signs a generation, and none that is older than that of the one before."""
    newest = 0
    for number in sorted(generations):
        used = {line.standing.keys for line in generations[number] if line.standing.signed}
        if used and (len(used) > 1 or min(used) < newest):
            yield _faulty(
                generations[number][0],
                zh="签名用的密钥前后不一，或比上一代的更旧",
                en="it is signed under several key sets, or under an older one than the one before",
            )
        newest = max(newest, *used) if used else newest


def _follows(opening: Opening, before: Sequence[Line]) -> bool:
    checkpoints = [line.bundled.checkpoint for line in before]
    roots = {c.root.hex() for c in checkpoints if c.size == opening.previous_size}
    return (
        {c.origin for c in checkpoints} == {opening.previous_origin}
        and before[-1].place.index < opening.previous_size
        and roots <= {opening.previous_root}
    )


def _faulty(line: Line, *, zh: str, en: str) -> Problem:
    log, number = line.place.log, line.place.generation
    return Problem.of(
        "generation_unfounded",
        zh=f"{log.writer} 的日志第 {number} 代：{zh}。",
        en=f"Generation {number} of a log of {log.writer}: {en}.",
    )
