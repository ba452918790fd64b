"""Taking back one's own log from the answer of the node under test."""

from collections.abc import Sequence

from tongban.channels.messages import Segment
from tongban.conformance.log import Generation, Log, channel_origin, place, root_of
from tongban.conformance.rule import Deviation
from tongban.conformance.writing import Pen
from tongban.evidence.checkpoints import verify_checkpoint
from tongban.evidence.faults import Fault
from tongban.evidence.notes import parse_note
from tongban.evidence.signer import KeyPurpose, verifier_key


def regained(pen: Pen, own: Log, segments: Sequence[Segment]) -> Log:
    """The runner's log with what the node gives back; raises Deviation where that is not it."""
    log = Log(generations=list(own.generations))
    for segment in segments:
        opens = (segment.generation, segment.first) == (log.end.generation + 1, 0)
        continues = (segment.generation, segment.first) == (log.end.generation, log.end.size)
        if not opens and not continues:
            raise Deviation(
                "starts.gives_back",
                f"the runner's log ends at {place(log.end)}, and it gives back from "
                f"{segment.first} of generation {segment.generation} on",
            )
        if opens:
            log.generations.append(_generation(pen, segment))
        log.last.entries = [*log.last.entries, *segment.entries]
        _check(pen, log.last, segment)
    return log


def _generation(pen: Pen, segment: Segment) -> Generation:
    return Generation(
        number=segment.generation,
        start=segment.start,
        origin=channel_origin(pen.runner.name, pen.node.name, segment.generation, segment.start),
        suite=pen.runner.signer.suite,
    )


def _check(pen: Pen, generation: Generation, segment: Segment) -> None:
    key = verifier_key(pen.runner.signer, KeyPurpose.LOG, generation.origin)
    try:
        stated = verify_checkpoint(parse_note(segment.checkpoint), key)
    except Fault as fault:
        raise Deviation("starts.gives_back", f"a checkpoint is unreadable: {fault}") from fault
    entries = generation.entries
    if stated is None:
        raise Deviation("starts.gives_back", "a checkpoint is not signed by the runner")
    if (stated.size, stated.root) != (len(entries), root_of(generation.suite, entries)):
        raise Deviation(
            "starts.gives_back",
            f"the entries of {generation.origin} do not lead to the checkpoint that the runner "
            f"signed: {stated.size} entries",
        )
