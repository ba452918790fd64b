"""Makes spec/vectors/core/agreement_stories.json and the texts that it is about.

After a change that is meant: `python -m tests.core.agreement_stories` in the root writes them anew,
and what changed in them belongs into spec/agreements.md.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.document import document_bytes, document_digest
from tongban.core.agreements.events import (
    AgreementPublished,
    AgreementSuspended,
    AgreementWithdrawn,
    InstrumentCited,
)
from tongban.core.cases.events import Mode
from tongban.core.cases.process import Power

from .examples import APPLICANT, CLERK, dispatch
from .retelling import Told
from .short_texts import (
    AMENDED_ON,
    DOCUMENTS,
    FINISH,
    FINISH_AMENDED,
    HEFEI,
    ITEM,
    ITEM_FILE,
    LIMITED,
    LIST,
    PROCESS_FILE,
    PUBLIC,
    STOP,
    STOP_AMENDED,
    SUZHOU,
    TEXTS,
    VECTORS,
)
from .story_acts import (
    conclude,
    decided,
    deliver,
    filing,
    intake,
    offer,
    resume,
    sign,
    suspend,
    take,
    terminate,
)
from .story_script import KEYS, Script

FILE = VECTORS / "agreement_stories.json"
_ABOUT = (
    "Agreements between two nodes and cases under them. Each story begins with nothing on either "
    "side. How to read it: spec/agreements.md, Vectors."
)
DELIVER = [Power.DELIVER]


def suspended_and_resumed() -> Script:
    script = Script("suspended and resumed: what is under way finishes")
    conclude(script, FINISH)
    script.ask("on the clause")
    take(script, "case-1")
    script.at(3)
    suspend(script, FINISH)
    script.push(HEFEI, "it stops at once")
    script.ask("nothing new")
    script.ask(
        "the case goes on, on the clause it was dispatched on", case="case-1", powers=DELIVER
    )
    resume(script, SUZHOU, FINISH, "Suzhou lifts what is not its own")
    script.push(SUZHOU, "who has nothing suspended has nothing to lift")
    decided(script, "case-1")
    deliver(script, SUZHOU, "case-1", "Suzhou delivers, as the run-off clause lets it")
    script.push(SUZHOU, "delivered while the text is suspended")
    script.at(4)
    resume(script, HEFEI, FINISH, "Hefei lifts it")
    script.push(HEFEI, "in force again")
    script.ask("on the clause again")
    take(script, "case-2")
    return script


def suspended_while_it_was_on_its_way() -> Script:
    script = Script("suspended while a case is on its way: it comes back and keeps its date")
    conclude(script, STOP)
    intake(script, "case-1", "Suzhou takes a case in and hands it over; nothing leaves yet")
    suspend(script, STOP)
    script.push(SUZHOU, "Hefei had suspended before it came", answered=False)
    script.push(HEFEI, "the suspension and the refusal come to Suzhou")
    script.at(3)
    script.ask("nothing new")
    own = replace(dispatch(APPLICANT), case="case-1")
    script.act(SUZHOU, "the applicant sends it by the own right, under the counter's instant", own)
    script.push(SUZHOU, "nothing can stop that")
    return script


def stopped() -> Script:
    script = Script("suspended where cases under way stop: the authority delivers itself")
    conclude(script, STOP)
    take(script, "case-1")
    decided(script, "case-1")
    deliver(script, SUZHOU, "case-1", "Suzhou delivers; nothing leaves yet")
    suspend(script, STOP)
    script.push(SUZHOU, "Hefei had suspended before it came", answered=False)
    script.push(HEFEI, "the suspension and the refusal come to Suzhou")
    script.ask("nor what is under way", case="case-1", powers=DELIVER)
    deliver(script, HEFEI, "case-1", "Hefei delivers what nobody may in its name")
    script.push(HEFEI, "delivered")
    return script


def terminated() -> Script:
    script = Script("terminated with notice: what is under way finishes")
    conclude(script, FINISH)
    take(script, "case-1")
    last = script.now + timedelta(days=FINISH.notice_days)
    terminate(script, FINISH, last - timedelta(days=1), "Hefei ends it a day too soon")
    script.push(HEFEI, "fewer days than the notice")
    terminate(script, FINISH, last, "Hefei ends it with notice")
    script.push(HEFEI, "it has a last day, and is in force until then")
    script.at(last.day, 23, 59)
    script.ask("on its last day")
    intake(script, "case-2", "Suzhou hands another case over, in the last minute")
    script.at(last.day + 1, 0, 1)
    script.push(SUZHOU, "it is received on the next day")
    script.ask("nothing new")
    decided(script, "case-1")
    deliver(script, SUZHOU, "case-1", "Suzhou delivers, as the run-off clause lets it")
    script.push(SUZHOU, "delivered after the end")
    return script


def amended(first: Agreement, following: Agreement, name: str) -> Script:
    """Up to the first day of the amendment, with a case under way that was decided."""
    script = Script(name)
    conclude(script, first)
    take(script, "case-1")
    decided(script, "case-1")
    script.at(3)
    conclude(script, following)
    script.ask("until its first day the older text carries it")
    script.at(AMENDED_ON.day)
    script.ask("from then on it carries nothing new")
    return script


def amended_and_finished() -> Script:
    name = "amended, with an item left out: what is under way finishes on the older text"
    script = amended(FINISH, FINISH_AMENDED, name)
    script.ask("the case keeps its text", case="case-1", powers=DELIVER)
    deliver(script, SUZHOU, "case-1", "Suzhou delivers on the older text")
    script.push(SUZHOU, "delivered")
    return script


def amended_and_stopped() -> Script:
    name = "amended where cases under way stop: the rule of the older text decides"
    script = amended(STOP, STOP_AMENDED, name)
    script.ask("nor what is under way", case="case-1", powers=DELIVER)
    deliver(script, SUZHOU, "case-1", "Suzhou delivers as if nothing had changed", blind=True)
    script.push(SUZHOU, "what is under way stops")
    deliver(script, HEFEI, "case-1", "Hefei delivers what nobody may in its name")
    script.push(HEFEI, "delivered")
    return script


def published() -> Script:
    script = Script("a publication is owed: no effect before it, and none for what came before")
    conclude(script, PUBLIC)
    script.ask("signed by both, and not published")
    digest, day = document_digest(PUBLIC), script.now.date().isoformat()
    by_other = AgreementPublished(document=digest, party=SUZHOU, published_on=day)
    script.write(SUZHOU, "Suzhou says that it published", PUBLIC, by_other)
    script.push(SUZHOU, "it owes none")
    intake(script, "case-1", "Suzhou hands a case over as if it stood", blind=True)
    script.push(SUZHOU, "the text carries nothing yet")
    script.at(5)
    own = AgreementPublished(document=digest, party=HEFEI, published_on=day)
    script.write(HEFEI, "Hefei says that it published on an earlier day", PUBLIC, own)
    script.push(HEFEI, "in force from this entry on")
    script.ask("on the clause")
    again = replace(dispatch(CLERK), case="case-1")
    script.act(SUZHOU, "Suzhou hands the case over again", again)
    script.push(SUZHOU, "it takes effect")
    return script


def limited() -> Script:
    script = Script("a daily limit of two: held back by the sender, refused by the receiver")
    conclude(script, LIMITED)
    intake(script, "case-1", "Suzhou hands one case over")
    intake(script, "case-2", "and another; nothing has left yet")
    script.ask("what is on its way counts for its sender, who holds the next back")
    script.push(SUZHOU, "both land")
    script.ask("what landed counts for both")
    script.ask("so does Hefei", ask=HEFEI)
    ahead = datetime.combine(date(2026, 11, 3), datetime.min.time(), script.now.tzinfo)
    ahead += timedelta(minutes=1)
    script.at(2, 23, 50)
    sent = replace(dispatch(CLERK), case="case-3")
    words = "Suzhou's clock is eleven minutes ahead, on its next day: it hands a third over"
    script.act(SUZHOU, words, filing("case-3", ahead), sent, as_if=ahead)
    script.push(SUZHOU, "received on Hefei's old day, which is full; it comes back")
    script.at(3)
    script.ask("the next day carries more")
    script.act(SUZHOU, "Suzhou hands it over again", replace(dispatch(CLERK), case="case-3"))
    script.push(SUZHOU, "it lands; what was refused never counted")
    return script


def before_and_after() -> Script:
    script = Script("before the first day, on the last, and after it; and what was never granted")
    script.ask("nothing stands between the two")
    conclude(script, FINISH)
    script.ask("another power", powers=[Power.NOTIFY, Power.RECEIVE])
    script.ask("another mode", mode=Mode.ALL_ONLINE)
    script.ask("another item", item=f"{ITEM.code[:-1]}9")
    script.ask("the other way round", granter=SUZHOU, grantee=HEFEI)
    script.at(FINISH.valid_from.day - 1, 23, 59)
    script.ask("a minute before its first day")
    script.at(FINISH.valid_from.day, 0, 0)
    script.ask("its first day, from midnight in China on")
    script.at(31, 23, 59, month=12)
    script.ask("its last day, to its last minute")
    script.now += timedelta(minutes=1)
    script.ask("after it")
    return script


def withdrawn() -> Script:
    script = Script(
        "a withdrawal crosses the last signature: each side refuses what the other wrote"
    )
    offer(script, FINISH)
    sign(script, SUZHOU, FINISH, "Suzhou signs")
    script.push(SUZHOU, "one signature binds nobody")
    script.ask("nothing rests on what one alone has signed")
    gone = AgreementWithdrawn(document=document_digest(FINISH), ground="changed_our_mind")
    script.write(SUZHOU, "Suzhou wants the text no more; nothing leaves yet", FINISH, gone)
    sign(script, HEFEI, FINISH, "Hefei signs meanwhile; nothing leaves yet")
    script.push(SUZHOU, "both have signed, for all that Hefei knows", answered=False)
    script.push(HEFEI, "withdrawn, for all that Suzhou knows", answered=False)
    script.push(SUZHOU, "both have heard what was refused")
    sign(script, HEFEI, FINISH, "the text lies there as before: Hefei signs anew")
    script.push(HEFEI, "signed by both")
    script.ask("on the clause")
    return script


def given_up() -> Script:
    script = Script("withdrawn before both have signed")
    offer(script, FINISH)
    gone = AgreementWithdrawn(document=document_digest(FINISH), ground="changed_our_mind")
    script.write(HEFEI, "Hefei wants the text no more", FINISH, gone)
    script.push(HEFEI, "void at once")
    sign(script, SUZHOU, FINISH, "Suzhou signs all the same")
    script.push(SUZHOU, "nobody signs it any more")
    script.ask("nothing rests on it")
    return script


def listed() -> Script:
    script = Script("a published list carries what no agreement does, and nobody suspends it")
    digest = document_digest(LIST)
    script.write(SUZHOU, "Suzhou cites the list", LIST, InstrumentCited(document=digest))
    script.push(SUZHOU, "it counts for both, signed by nobody")
    script.ask("on the list")
    stop = AgreementSuspended(document=digest, ground="audit")
    script.write(HEFEI, "Hefei suspends it", LIST, stop)
    script.push(HEFEI, "it is no agreement")
    take(script, "case-1")
    return script


def lapsed() -> Script:
    script = Script("a signature that comes after the last day for signing")
    offer(script, FINISH)
    sign(script, SUZHOU, FINISH, "Suzhou signs")
    script.push(SUZHOU, "one signature binds nobody")
    script.now = script.now.replace(month=12, day=31, hour=23, minute=59)
    sign(script, HEFEI, FINISH, "Hefei signs in the last minute; nothing leaves yet")
    script.now += timedelta(minutes=1)
    script.push(HEFEI, "received a minute later: too late")
    script.ask("what not all signed in time carries nothing")
    return script


STORIES: tuple[Callable[[], Script], ...] = (
    before_and_after,
    withdrawn,
    given_up,
    lapsed,
    listed,
    suspended_and_resumed,
    suspended_while_it_was_on_its_way,
    stopped,
    terminated,
    amended_and_finished,
    amended_and_stopped,
    published,
    limited,
)


def make() -> Told:
    """All stories."""
    return {
        "about": _ABOUT,
        "nodes": [SUZHOU, HEFEI],
        "keys": KEYS,
        "item": ITEM_FILE,
        "process": PROCESS_FILE,
        "texts": {name: document_digest(text) for name, text in TEXTS.items()},
        "stories": [write().story() for write in STORIES],
    }


def text() -> str:
    """The file's contents."""
    return json.dumps(make(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for name, each in TEXTS.items():
        (DOCUMENTS / f"{name}.json").write_bytes(document_bytes(each))
    FILE.write_text(text(), encoding="utf-8")
