"""Two nodes, their channel logs and every message that was ever sent, as values to explore.

What is left out, and what the numbers mean, is in README.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple


class Entry(NamedTuple):
    """One entry. value: of an act its number, of an outcome how far of the mirror it decides."""

    kind: str
    value: int
    seen: int


class Generation(NamedTuple):
    """Entries that were written under one start."""

    start: int
    entries: tuple[Entry, ...]


Log = tuple[Generation, ...]


class Node(NamedTuple):
    """What one node has stored, and its start; heard: the peer's, in this comparison, or 0."""

    own: Log
    mirror: Log
    honoured: tuple[int, ...]
    start: int
    is_open: bool
    heard: int


class Push(NamedTuple):
    """A log as its writer signed it, said under a start."""

    writer: int
    log: Log
    start: int


class Ask(NamedTuple):
    """A comparison request: where the asker stands; answerer: the start of the peer it names."""

    asker: int
    start: int
    own: int
    mirror: int
    answerer: int


class Answer(NamedTuple):
    """Both logs up to a cut, for one request."""

    asked: Ask
    own: Log
    mirror: Log
    more: bool
    start: int


Message = Push | Ask | Answer


class World(NamedTuple):
    """Both nodes, all messages, and what was signed and cosigned, by whom.

    drawn: how many starts were named. left: how often each fault and act may still come.
    """

    nodes: tuple[Node, Node]
    net: frozenset[Message]
    signed: frozenset[tuple[int, Generation]]
    cosigned: frozenset[tuple[int, Log]]
    drawn: int
    left: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """The rules about starts and answers; leaving one out must show in the exploration."""

    in_parts: bool = True
    only_the_last_opens: bool = True
    with_what_was_decided: bool = True
    no_more_than_was_decided: bool = True
    one_start_of_the_peer: bool = True
    overtaken_begins_again: bool = True


class Broken(Exception):
    """An invariant does not hold."""


@cache
def flat(log: Log) -> tuple[Entry, ...]:
    """All entries, across generations."""
    return tuple(entry for generation in log for entry in generation.entries)


@cache
def is_prefix(old: Log, new: Log) -> bool:
    """Whether one log is an earlier state of the other."""
    if len(old) > len(new):
        return False
    whole = all(one == other for one, other in zip(old[:-1], new, strict=False))
    if not old or not whole:
        return whole
    last, there = old[-1], new[len(old) - 1]
    return last.start == there.start and there.entries[: len(last.entries)] == last.entries


@cache
def cut(log: Log, size: int) -> Log:
    """The first entries of a log."""
    kept = []
    for generation in log:
        if size <= 0:
            break
        kept.append(generation._replace(entries=generation.entries[:size]))
        size -= len(generation.entries)
    return tuple(kept)


@cache
def decided(log: Log) -> int:
    """How far of the opposite log the outcomes in this one reach."""
    return max((entry.value for entry in flat(log) if entry.kind == "outcome"), default=0)


@cache
def reach(log: Log) -> int:
    """How far the writer of a log has applied the opposite one, as it says."""
    return max((entry.seen for entry in flat(log)), default=0)


def written(node: Node, kind: str, value: int) -> Node:
    """The node after one more entry."""
    entry = Entry(kind, value, len(flat(node.mirror)))
    last = node.own[-1]
    grown = last._replace(entries=(*last.entries, entry))
    return node._replace(own=(*node.own[:-1], grown))


def begun(node: Node, start: int) -> Node:
    """The node after a start: it compares before anything else."""
    return node._replace(start=start, is_open=False, heard=0)


def taken(node: Node, log: Log) -> Node:
    """The node after a push; what it has not decided yet it decides now, once."""
    before = len(flat(node.mirror))
    fresh = flat(log)[before:]
    grown = node._replace(mirror=log)
    if any(entry.kind == "act" for entry in fresh):
        if decided(node.own) > before:
            raise Broken("an entry is decided twice")
        grown = written(grown, "outcome", len(flat(log)))
    return grown


def cuts(answerer: Node, asked: Ask, rules: Rules) -> Iterator[tuple[Log, Log, bool]]:
    """What may be given: the asker's log and the answerer's, and whether more is to come."""
    end, far = len(flat(answerer.mirror)), reach(answerer.mirror)
    for size in range(asked.own + 1, end if rules.in_parts else 0):
        seen = min(flat(answerer.mirror)[size - 1].seen, far)
        if not rules.with_what_was_decided:
            seen = asked.mirror
        if not rules.no_more_than_was_decided:
            seen = far
        yield cut(answerer.mirror, size), cut(answerer.own, seen), True
    yield answerer.mirror, cut(answerer.own, far), False


def longer(stored: Log, given: Log) -> Log:
    """The longer of two states of one log."""
    if is_prefix(given, stored):
        return stored
    if not is_prefix(stored, given):
        raise Broken("an honest node meets another history of its own")
    return given


def recovered(node: Node, answer: Answer, rules: Rules) -> Node:
    """The node after an answer for its present start; it opens a generation after the last."""
    grown = node._replace(
        own=longer(node.own, answer.own), mirror=longer(node.mirror, answer.mirror)
    )
    theirs, told = flat(grown.mirror), decided(grown.own)
    if told > len(theirs):
        raise Broken("an outcome is there without the entries that it decides")
    if any(entry.kind == "act" for entry in theirs[max(told, len(flat(node.mirror))) :]):
        raise Broken("an entry came back that nobody decided")
    if answer.more and rules.only_the_last_opens:
        return grown._replace(heard=answer.start)
    opened = Entry("opened", len(flat(grown.own)), len(theirs))
    return grown._replace(
        own=(*grown.own, Generation(node.start, (opened,))),
        honoured=honouring(grown.honoured, answer.start),
        is_open=True,
        heard=0,
    )


def honouring(honoured: tuple[int, ...], start: int) -> tuple[int, ...]:
    """The starts after one was answered, or heard in an answer; the last one counts."""
    return honoured if start in honoured else (*honoured, start)
