"""Texts that carry nothing, or something else, for an intake: one item of Hangzhou for each.

What one leaves behind another would stumble over, so no two are about the same item.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from tests.journeys.basis_counter import EVERYTHING, Counter, listing, today

from tongban.core.agreements.agreement import PublicationDuty
from tongban.core.agreements.document import Agreement, document_digest
from tongban.core.agreements.refusals import AgreementGround as Ground
from tongban.core.cases.events import Mode
from tongban.core.cases.process import Power
from tongban.core.items.item import Item
from tongban.core.words import Words

#: Brings a text about an item to where the name of the case says.
Lay = Callable[[Counter, Item], object]


def stands(text: Callable[[Counter, Item], Agreement]) -> Lay:
    """A text that both sign."""
    return lambda counter, item: counter.conclude(text(counter, item))


def half_signed(counter: Counter, item: Item) -> None:
    document = counter.lay(counter.text(item))
    counter.ask("agreement.sign", document=document)


def withdrawn(counter: Counter, item: Item) -> None:
    document = counter.lay(counter.text(item))
    counter.ask("agreement.withdraw", document=document, ground="policy")


def suspended(counter: Counter, item: Item) -> None:
    counter.suspend(counter.conclude(counter.text(item)), item)


def superseded(counter: Counter, item: Item) -> None:
    """A version under which a counter may only print takes the place of the first."""
    first = counter.text(item)
    counter.conclude(first)
    narrow = counter.text(item, powers=[Power.PRINT], version=2)
    counter.conclude(replace(narrow, supersedes=document_digest(first)))


def to_publish(counter: Counter, item: Item) -> Agreement:
    where = Words(zh="政府网站", en="its website")
    duty = PublicationDuty(party=counter.there, where=where, publish_by=today())
    return counter.text(item, publications=(duty,))


def listed(first: date, last: date | None) -> Lay:
    """A published list that nobody signs, so that its last day may be past."""

    def cite(counter: Counter, item: Item) -> None:
        counter.cite(listing(item.basic_code, valid_from=first, valid_until=last))

    return cite


DAY = timedelta(days=1)
LONG_AGO = date(2020, 9, 24)
#: Texts that were there and carry nothing now: the item that each is about, the text, the ground.
STOPPED: dict[str, tuple[str, Lay, Ground]] = {
    "signed by one alone": ("学历公证", half_signed, Ground.NOT_SIGNED_BY_ALL),
    "withdrawn": ("机动车驾驶证公证", withdrawn, Ground.WITHDRAWN),
    "not yet published": ("婚姻登记（结婚）", stands(to_publish), Ground.NOT_PUBLISHED),
    "suspended": ("居民身份证换领", suspended, Ground.SUSPENDED),
    "superseded": ("普通护照签发", superseded, Ground.SUPERSEDED),
    "before its first day": (
        "新生儿入户",
        stands(lambda counter, item: counter.text(item, valid_from=today() + DAY)),
        Ground.NOT_YET_IN_FORCE,
    ),
    "before the first day of a list": (
        "首次申领居民身份证",
        listed(today() + DAY, None),
        Ground.NOT_YET_IN_FORCE,
    ),
    "after the last day of a list": (
        "夫妻投靠户口迁移",
        listed(LONG_AGO, today() - DAY),
        Ground.EXPIRED,
    ),
}

#: Texts that grant something else: the item, the text, the ground, the power that is lacking.
OUTSIDE: dict[str, tuple[str, Lay, Ground, Power]] = {
    "another item": (
        "婚姻登记（离婚）",
        lambda counter, _: counter.conclude(counter.text(counter.item("工作调动户口迁移"))),
        Ground.ITEM_NOT_GRANTED,
        Power.RECEIVE,
    ),
    "another mode": (
        "不动产抵押登记",
        stands(lambda counter, item: counter.text(item, modes=(Mode.ALL_ONLINE,))),
        Ground.MODE_NOT_GRANTED,
        Power.RECEIVE,
    ),
    "another power": (
        "父母投靠子女户口迁移",
        stands(lambda counter, item: counter.text(item, powers=EVERYTHING[1:])),
        Ground.POWER_NOT_GRANTED,
        Power.RECEIVE,
    ),
    "no check of originals": (
        "大中专学生毕业户口迁移",
        stands(lambda counter, item: counter.text(item, powers=[Power.RECEIVE, Power.DELIVER])),
        Ground.POWER_NOT_GRANTED,
        Power.CHECK_ORIGINALS,
    ),
}
