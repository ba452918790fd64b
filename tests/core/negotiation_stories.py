"""Makes spec/vectors/core/negotiation_stories.json.

After a change that is meant: `python -m tests.core.negotiation_stories` in the root writes it anew,
and what changed in it belongs into spec/negotiations.md.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from tongban.core.agreements.document import document_digest
from tongban.core.body import Body
from tongban.core.entry import Entry
from tongban.core.negotiations.commands import (
    AcceptProposal,
    CommentClause,
    CounterProposal,
    NegotiationCommand,
    ProposeAgreement,
    RejectProposal,
    WithdrawProposal,
)

from .examples import OFFICER
from .retelling import Told, instant, table_of
from .short_texts import CLAUSE, FINISH, HEFEI, LIMITED, STOP, SUZHOU, TEXTS, VECTORS
from .story_script import written
from .table import NAME, Node, Talks

FILE = VECTORS / "negotiation_stories.json"
_ABOUT = (
    "Negotiations between two nodes, with acts that cross. Each story begins with nothing on "
    "either side. How to read it: spec/negotiations.md, Vectors."
)
ANSWER_BY = "2026-11-06"
WORDS = (Body(name="comment", media="text/plain", content=b"{}"),)


def table() -> Talks:
    """A table of the two at which each of the short texts may be laid."""
    documents = {document_digest(text): text for text in TEXTS.values()}
    return Talks(suzhou=Node(name=SUZHOU), hangzhou=Node(name=HEFEI), documents=documents)


class Script:
    """A story while it is written."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.steps: list[Told] = []
        self.talks = table()
        self.one, self.other = self.talks.suzhou, self.talks.hangzhou

    def say(self, node: Node, say: str, command: NegotiationCommand) -> None:
        """What a node believes to be allowed; nothing leaves it yet."""
        assert self.talks.ask(node, command) == "", say
        entry = node.log[-1]
        assert isinstance(entry, Entry)
        self.steps.append(written(node.name, say, [], [entry]))

    def push(self, node: Node, say: str, *, answered: bool = False) -> None:
        """All that a node wrote since is decided by the other."""
        refused = self.talks.push(node)
        reader = self.talks.other(node)
        self.steps.append(
            {
                "say": say,
                "push": node.name,
                "received_at": instant(self.talks.now),
                "refused": {entry: str(ground) for entry, ground in refused.items()},
                "then": table_of(reader, self.talks.now),
                "answered": answered,
            }
        )
        if answered:
            assert self.talks.push(reader) == {}

    def story(self) -> Told:
        """What the file has of it; in the end both hold the same."""
        end = table_of(self.one, self.talks.now)
        assert end == table_of(self.other, self.talks.now), self.name
        return {"name": self.name, "steps": self.steps, "end": end}


def propose() -> ProposeAgreement:
    return ProposeAgreement(
        negotiation=NAME, actor=OFFICER, document=document_digest(FINISH), answer_by=ANSWER_BY
    )


def counter(version: int, *, stop: bool = True) -> CounterProposal:
    return CounterProposal(
        negotiation=NAME,
        actor=OFFICER,
        version=version,
        document=document_digest(STOP if stop else LIMITED),
        answer_by=ANSWER_BY,
    )


def comment(version: int) -> CommentClause:
    return CommentClause(
        negotiation=NAME, actor=OFFICER, version=version, clause=CLAUSE, bodies=WORDS
    )


def accept(version: int) -> AcceptProposal:
    return AcceptProposal(negotiation=NAME, actor=OFFICER, version=version)


def withdraw(version: int) -> WithdrawProposal:
    return WithdrawProposal(negotiation=NAME, actor=OFFICER, version=version)


def reject(version: int) -> RejectProposal:
    return RejectProposal(negotiation=NAME, actor=OFFICER, version=version, ground="too_early")


def proposed(name: str) -> Script:
    script = Script(name)
    script.say(script.one, "Suzhou proposes", propose())
    script.push(script.one, "Hefei holds it", answered=True)
    return script


def agreed() -> Script:
    script = proposed("a counter, a comment, an acceptance")
    script.say(script.other, "Hefei lays another text", counter(1))
    script.push(script.other, "Suzhou holds it", answered=True)
    script.say(script.one, "Suzhou comments", comment(2))
    script.say(script.one, "and counters", counter(2, stop=False))
    script.push(script.one, "Hefei holds it again", answered=True)
    script.say(script.other, "Hefei accepts", accept(3))
    script.push(script.other, "agreed", answered=True)
    return script


def withdrawal_too_late() -> Script:
    script = proposed("a withdrawal and the holder's counter cross: the holder's act stands")
    script.say(script.one, "Suzhou withdraws; nothing leaves yet", withdraw(1))
    script.say(script.other, "Hefei counters meanwhile", counter(1))
    script.push(script.one, "the withdrawal is about what no longer lies on the table")
    script.push(script.other, "the counter and the refusal come: Suzhou holds version 2")
    script.push(script.one, "both have heard it")
    script.say(script.one, "Suzhou withdraws again, as the holder", withdraw(2))
    script.push(script.one, "ended", answered=True)
    return script


def withdrawal_after_acceptance() -> Script:
    script = proposed("a withdrawal and an acceptance cross: the acceptance stands")
    script.say(script.one, "Suzhou withdraws; nothing leaves yet", withdraw(1))
    script.say(script.other, "Hefei accepts meanwhile", accept(1))
    script.push(script.other, "the acceptance comes first, and stands before the withdrawal")
    script.push(script.one, "the withdrawal comes to what has ended")
    script.push(script.other, "both have heard it")
    return script


def rejected() -> Script:
    script = proposed("a rejection")
    script.say(script.other, "Hefei wants no agreement on this", reject(1))
    script.push(script.other, "ended", answered=True)
    return script


def withdrawal_in_time() -> Script:
    script = proposed("a withdrawal comes before the holder acts: it has ended the negotiation")
    script.say(script.one, "Suzhou withdraws", withdraw(1))
    script.push(script.one, "ended, and Hefei can do nothing more", answered=True)
    return script


def comments_cross() -> Script:
    script = proposed("a comment crosses a withdrawal, and stays")
    script.say(script.one, "Suzhou withdraws; nothing leaves yet", withdraw(1))
    script.say(script.other, "Hefei comments meanwhile", comment(1))
    script.push(script.one, "ended")
    script.push(script.other, "the comment was written before Hefei knew, and is taken")
    script.push(script.one, "both have heard it")
    return script


def late() -> Script:
    script = proposed("an answer that is received after its day")
    last = datetime.fromisoformat(f"{ANSWER_BY}T23:59:00+08:00")
    script.talks.now = last
    script.say(script.other, "Hefei rejects in the last minute; nothing leaves yet", reject(1))
    script.talks.now = last + timedelta(minutes=1)
    script.push(script.other, "received a minute later: it has lapsed")
    script.push(script.one, "both have heard it")
    return script


STORIES: tuple[Callable[[], Script], ...] = (
    agreed,
    rejected,
    withdrawal_too_late,
    withdrawal_after_acceptance,
    withdrawal_in_time,
    comments_cross,
    late,
)


def make() -> Told:
    """All stories."""
    return {
        "about": _ABOUT,
        "nodes": [SUZHOU, HEFEI],
        "texts": {name: document_digest(text) for name, text in TEXTS.items()},
        "stories": [write().story() for write in STORIES],
    }


def text() -> str:
    """The file's contents."""
    return json.dumps(make(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
