"""Explores every order of messages, crashes and losses from a world with some history."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.model.channel import (
    Answer,
    Ask,
    Broken,
    Log,
    Node,
    Push,
    Rules,
    World,
    begun,
    cuts,
    decided,
    flat,
    honouring,
    is_prefix,
    recovered,
    taken,
    written,
)

EMPTY = Node(own=(), mirror=(), honoured=(), start=0, is_open=False, heard=0)
_ROUNDS = 20
_BOTH = ((0, 1), (1, 0))


@dataclass(frozen=True, slots=True)
class Explored:
    """How many states were seen; broken: what does not hold, with the way there."""

    states: int
    broken: tuple[str, ...]
    whole: bool


class Model:
    """The successors of a world, under rules; past: what each node may be put back to."""

    def __init__(self, rules: Rules, past: tuple[list[Node], list[Node]]) -> None:
        self._rules = rules
        self._past = past
        self._settled: dict[tuple[Node, Node], tuple[Log, ...]] = {}

    def successors(self, world: World) -> Iterator[tuple[str, World]]:
        """Everything that may happen next, in words."""
        for me in (0, 1):
            yield from self._faults(world, me)
            yield from self._says(world, me)
            for message in world.net:
                yield from self._hears(world, me, message)
            yield from self._begins_again(world, me)

    def check(self, world: World) -> None:
        """What holds in every state; raises Broken."""
        for writer, generation in world.signed:
            for other, again in world.signed:
                same = (writer, generation.start) == (other, again.start)
                shorter = generation.entries[: len(again.entries)]
                if same and again.entries[: len(generation.entries)] != shorter:
                    raise Broken("two roots were signed for one size")
        ends = self.settle(world)
        lost = {name for name, count in world.left if name.startswith("lose") and count == 0}
        for reader, log in world.cosigned:
            if len(lost) < len(world.nodes) and not is_prefix(log, ends[1 - reader]):
                raise Broken("what was cosigned is lost")

    def settle(self, world: World) -> tuple[Log, ...]:
        """Both own logs once nothing fails any more; raises Broken where that never comes."""
        if world.nodes not in self._settled:
            self._settled[world.nodes] = self._settle(world)
        return self._settled[world.nodes]

    def _settle(self, world: World) -> tuple[Log, ...]:
        nodes, drawn = list(world.nodes), world.drawn
        for _ in range(_ROUNDS):
            before = list(nodes)
            self._compare(nodes)
            drawn = self._push(nodes, drawn)
            if nodes == before:
                break
        _demand_rest(nodes)
        return nodes[0].own, nodes[1].own

    def _compare(self, nodes: list[Node]) -> None:
        """Whoever compares is given everything at once."""
        for me, you in _BOTH:
            if nodes[me].is_open or _is_overtaken(nodes[me], nodes[you]):
                continue
            honoured = honouring(nodes[you].honoured, nodes[me].start)
            nodes[you] = nodes[you]._replace(honoured=honoured)
            asked = _ask(me, nodes[me], nodes[you].start)
            (*_, (own, mirror, more)) = cuts(nodes[you], asked, self._rules)
            answer = Answer(asked, own, mirror, more, nodes[you].start)
            nodes[me] = recovered(nodes[me], answer, self._rules)

    def _push(self, nodes: list[Node], drawn: int) -> int:
        """Each pushes what it has, or begins again; how many starts are named then."""
        for me, you in _BOTH:
            if self._must_begin_again(nodes[me], nodes[you]):
                drawn += 1
                nodes[me] = begun(nodes[me], drawn)
            elif nodes[me].is_open and nodes[you].is_open:
                nodes[you] = _received(nodes[you], nodes[me].own, nodes[me].start)
        return drawn

    def _must_begin_again(self, me: Node, you: Node) -> bool:
        """The peer knows another start, or holds more of the log than its writer."""
        if not me.is_open:
            return self._rules.overtaken_begins_again and _is_overtaken(me, you)
        if not you.is_open:
            return False
        unknown = not you.honoured or you.honoured[-1] != me.start
        return unknown or (you.mirror != me.own and is_prefix(me.own, you.mirror))

    def _faults(self, world: World, me: int) -> Iterator[tuple[str, World]]:
        if _may(world, f"crash {me}"):
            yield f"{me} crashes", _start(_spent(world, f"crash {me}"), me, world.nodes[me])
        if _may(world, f"lose {me}"):
            for older in self._past[me]:
                if older.own != world.nodes[me].own or older.mirror != world.nodes[me].mirror:
                    spent = _spent(world, f"lose {me}")
                    yield f"{me} is put back to {_size(older)}", _start(spent, me, older)

    def _says(self, world: World, me: int) -> Iterator[tuple[str, World]]:
        node, you = world.nodes[me], world.nodes[1 - me]
        if node.is_open:
            if _may(world, f"act {me}"):
                acted = written(node, "act", world.drawn)
                yield f"{me} acts", _with(_spent(world, f"act {me}"), me, acted)
            push = Push(me, node.own, node.start)
            if push not in world.net:
                signed = world.signed | {(me, generation) for generation in node.own}
                yield (
                    f"{me} pushes {_size(node)}",
                    world._replace(net=world.net | {push}, signed=signed),
                )
        else:
            # It names the start of the peer that it has heard of; it hears of it at once.
            ask = _ask(me, node, you.start)
            if ask not in world.net:
                yield f"{me} asks", world._replace(net=world.net | {ask})

    def _hears(
        self, world: World, me: int, message: Push | Ask | Answer
    ) -> Iterator[tuple[str, World]]:
        node = world.nodes[me]
        if isinstance(message, Push):
            if message.writer != me and node.is_open:
                grown = _received(node, message.log, message.start)
                if grown != node:
                    kept = world.cosigned | {(me, message.log)}
                    yield f"{me} takes a push", _with(world, me, grown)._replace(cosigned=kept)
        elif isinstance(message, Ask):
            if message.asker != me and message.answerer == node.start:
                yield from self._answers(world, me, message)
        elif message.asked.asker == me:
            yield from self._takes(world, me, message)

    def _answers(self, world: World, me: int, asked: Ask) -> Iterator[tuple[str, World]]:
        node = world.nodes[me]
        if asked.start in node.honoured[:-1]:
            return
        if self._hears_another(node, asked.start):
            yield f"{me} is asked under another start, begins again", _start(world, me, node)
            return
        heard = 0 if node.is_open else asked.start
        honours = node._replace(honoured=honouring(node.honoured, asked.start), heard=heard)
        for own, mirror, more in cuts(node, asked, self._rules):
            answer = Answer(asked, own, mirror, more, node.start)
            if answer not in world.net:
                said = _with(world, me, honours)
                words = "a part" if more else "the rest"
                yield f"{me} gives {words}", said._replace(net=world.net | {answer})

    def _takes(self, world: World, me: int, answer: Answer) -> Iterator[tuple[str, World]]:
        node = world.nodes[me]
        if node.is_open or answer.asked.start != node.start:
            return
        if self._hears_another(node, answer.start):
            yield f"{me} hears of another start, begins again", _start(world, me, node)
            return
        stands = (len(flat(node.own)), len(flat(node.mirror)))
        if (answer.asked.own, answer.asked.mirror) != stands:
            return
        grown = recovered(node, answer, self._rules)
        if grown != node:
            words = "a part" if answer.more else "the rest"
            yield f"{me} takes {words}: {_size(grown)}", _with(world, me, grown)

    def _hears_another(self, node: Node, start: int) -> bool:
        """Whether a comparing node, which has heard of one start of its peer, hears of a second."""
        known = {0, start} if self._rules.one_start_of_the_peer else {0, start, node.heard}
        return not node.is_open and node.heard not in known

    def _begins_again(self, world: World, me: int) -> Iterator[tuple[str, World]]:
        if self._must_begin_again(world.nodes[me], world.nodes[1 - me]):
            yield f"{me} is told that it must begin again", _start(world, me, world.nodes[me])


def explore(model: Model, world: World, *, starts_max: int, states_max: int) -> Explored:
    """Every reachable world, breadth first, up to the first that breaks an invariant.

    starts_max: worlds in which more starts were named are not looked into.
    """
    before: dict[World, tuple[World, str] | None] = {world: None}
    queue = deque([world])
    while queue:
        here = queue.popleft()
        try:
            model.check(here)
            following = list(model.successors(here))
        except Broken as broken:
            return Explored(len(before), (*_way(before, here), str(broken)), whole=False)
        for words, after in following:
            there = _without_dead_letters(after)
            if there not in before and there.drawn <= starts_max:
                before[there] = (here, words)
                queue.append(there)
        if len(before) > states_max:
            return Explored(len(before), (), whole=False)
    return Explored(len(before), (), whole=True)


def history(rounds: int) -> tuple[World, tuple[list[Node], list[Node]]]:
    """Two nodes that have talked for some rounds, and everything that each of them has been."""
    nodes = [_opened(EMPTY, 1, 2), _opened(EMPTY, 2, 1)]
    past = ([EMPTY, nodes[0]], [EMPTY, nodes[1]])
    net: set[Push] = set()
    for number in range(rounds):
        for me in (0, 1):
            if number % 2 == me:
                nodes[me] = written(nodes[me], "act", -number)
                past[me].append(nodes[me])
            net.add(Push(me, nodes[me].own, nodes[me].start))
            nodes[1 - me] = taken(nodes[1 - me], nodes[me].own)
            past[1 - me].append(nodes[1 - me])
    signed = {(push.writer, generation) for push in net for generation in push.log}
    kept = {(1 - push.writer, push.log) for push in net}
    # Of all old letters only the newest may still come: earlier ones are the same, and shorter.
    newest = [
        max((p for p in net if p.writer == me), key=lambda p: len(flat(p.log))) for me in (0, 1)
    ]
    world = World(
        nodes=(nodes[0], nodes[1]),
        net=frozenset(newest),
        signed=frozenset(signed),
        cosigned=frozenset(kept),
        drawn=2,
        left=(),
    )
    return world, past


def faced(world: World, left: Mapping[str, int]) -> World:
    """The world with as many faults and acts before it."""
    return world._replace(left=tuple(sorted(left.items())))


def _opened(node: Node, start: int, peer: int) -> Node:
    first = Answer(_ask(0, node, peer), (), (), more=False, start=peer)
    return recovered(node._replace(start=start), first, Rules())


def _ask(me: int, node: Node, answerer: int) -> Ask:
    return Ask(me, node.start, len(flat(node.own)), len(flat(node.mirror)), answerer)


def _received(node: Node, log: Log, start: int) -> Node:
    known = bool(node.honoured) and node.honoured[-1] == start
    if not known or is_prefix(log, node.mirror):
        return node
    if not is_prefix(node.mirror, log):
        raise Broken("a reader meets another history of its peer")
    return taken(node, log)


def _without_dead_letters(world: World) -> World:
    """Without what nobody can ever take again: starts do not come back."""
    starts = [node.start for node in world.nodes]
    net = frozenset(
        message
        for message in world.net
        if isinstance(message, Push)
        or (isinstance(message, Ask) and message.answerer == starts[1 - message.asker])
        or (isinstance(message, Answer) and message.asked.start == starts[message.asked.asker])
    )
    return world if len(net) == len(world.net) else world._replace(net=net)


def _demand_rest(nodes: list[Node]) -> None:
    """Both are open, hold the same two logs, and have decided everything; raises Broken."""
    for me, you in _BOTH:
        if not nodes[me].is_open:
            raise Broken("a node compares for ever")
        if nodes[me].own != nodes[you].mirror:
            raise Broken("the nodes never agree")
        acts = [at for at, e in enumerate(flat(nodes[me].own)) if e.kind == "act"]
        if acts and decided(nodes[you].own) <= acts[-1]:
            raise Broken("an entry never gets its outcome")


def _is_overtaken(asker: Node, answerer: Node) -> bool:
    """Whether an older request of the asker came after one under its present start."""
    return asker.start in answerer.honoured[:-1]


def _start(world: World, me: int, node: Node) -> World:
    return _with(world._replace(drawn=world.drawn + 1), me, begun(node, world.drawn + 1))


def _with(world: World, me: int, node: Node) -> World:
    nodes = (node, world.nodes[1]) if me == 0 else (world.nodes[0], node)
    return world._replace(nodes=nodes)


def _may(world: World, what: str) -> bool:
    return dict(world.left).get(what, 0) > 0


def _spent(world: World, what: str) -> World:
    left = dict(world.left)
    left[what] -= 1
    return world._replace(left=tuple(sorted(left.items())))


def _size(node: Node) -> str:
    return f"{len(flat(node.own))}/{len(flat(node.mirror))}"


def _way(before: Mapping[World, tuple[World, str] | None], world: World) -> list[str]:
    steps: list[str] = []
    came = before[world]
    while came is not None:
        steps.append(came[1])
        came = before[came[0]]
    return steps[::-1]
