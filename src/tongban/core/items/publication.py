"""What an author has to say before an item is published, beyond what its fields force.

And what an author must not say of an item, because people would read it as a contradiction. Readers
do not ask either: what was published before a rule was written stays readable.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation

from tongban.core.cases.events import Mode
from tongban.core.items.bases import find_missing_bases, is_said
from tongban.core.items.catch_alls import find_catch_alls
from tongban.core.items.classification import CaseType
from tongban.core.items.coding import find_other_entries
from tongban.core.items.contacts import is_telephone, is_web_address
from tongban.core.items.decision import find_undecided
from tongban.core.items.item import Item
from tongban.core.items.material import Necessity
from tongban.core.items.problem import Problem, problem
from tongban.core.items.texts import find_bad_texts


def find_omissions(item: Item) -> Iterator[Problem]:
    """Everything that people could not do without or would be misled by."""
    for rule in RULES:
        yield from rule(item)


def _visits(item: Item) -> Iterator[Problem]:
    """到办事现场次数 counts what nobody can avoid; who does it all online goes nowhere."""
    if not item.visits:
        return
    if item.process_for(Mode.ALL_ONLINE) is not None:
        yield problem(
            "visits",
            (
                f"全程网办的事项不用到现场，这里却写了{item.visits}次",
                f"it is handled all online, and yet asks for visits: {item.visits}",
            ),
            (
                "到场次数改为0；非到场不可的，从通办方式里去掉全程网办",
                "set visits to 0, or take all_online out of the modes where people must come",
            ),
        )
    elif item.visits_reason is None:
        yield problem(
            "visits_reason",
            ("要人到现场，却没有说为什么", "people have to come, and nobody tells them why"),
            (
                "写明什么必须本人到场办，或者把到场次数改为0",
                "name what has to be done in person, or set visits to 0",
            ),
        )


def _steps(item: Item) -> Iterator[Problem]:
    """Days of steps are parts of the limit; what stops the clock is a special procedure."""
    limits = item.limits
    most = limits.promised_days if limits.legal_days is None else limits.legal_days
    total = 0
    for index, step in enumerate(item.steps):
        total += step.days or 0
        if total > most:
            yield problem(
                f"steps[{index}].days",
                (
                    f"到这一步已经合计{total}个工作日，超过整个事项的{most}个工作日",
                    f"up to here the steps take {total} working days, the whole item {most}",
                ),
                (
                    "只写受理到决定之间的工作日；受理前、决定后的写在环节内容里，另要的时间写成特别程序",
                    "give no days before acceptance or after the decision; say them in words",
                ),
            )
            return


def _limits(item: Item) -> Iterator[Problem]:
    """An empty legal limit says nothing by itself; a promise of no days is one of 即办件 alone."""
    limits = item.limits
    if limits.legal_days is None and not is_said(limits.legal_note):
        yield problem(
            "limits.legal_days",
            (
                "法定办结时限空着，也没有说明为什么",
                "the legal limit is empty, and nothing says why",
            ),
            (
                "填法定的工作日数；法律没有规定、或者不按工作日计的，在“法定办结时限说明”里写明",
                (
                    "write its working days; where the law sets none, or counts otherwise, say so "
                    "in 法定办结时限说明 (Note on the legal limit)"
                ),
            ),
        )
    if limits.promised_days == 0 and item.case_type is not CaseType.INSTANT:
        yield problem(
            "limits.promised_days",
            (
                "承诺0个工作日就是当场办结，办件类型却不是即办件",
                "a promise of 0 days is done at once, and yet the item is no 即办件",
            ),
            (
                "写承诺的工作日数；真是当场办结的，办件类型改为“即办件”",
                (
                    "write the working days promised; where it is done at once, set "
                    "办件类型 (Case type) to 即办件 (instant)"
                ),
            ),
        )


def _words(item: Item) -> Iterator[Problem]:
    said = {"name": item.name, "summary": item.summary, "limits.basis": item.limits.basis}
    said |= {f"materials[{n}].name": line.name for n, line in enumerate(item.materials)}
    said |= {f"fees[{n}].basis": fee.basis for n, fee in enumerate(item.fees)}
    for field, words in said.items():
        if not (words.zh.strip() and words.en.strip()):
            yield problem(
                field,
                ("中文和英文都要写", "it has to be said in Chinese and in English"),
                ("补上空着的一种", "fill in the one that is empty"),
            )


def _parameters(item: Item) -> Iterator[Problem]:
    for index, line in enumerate(item.parameters):
        try:
            Decimal(line.value)
        except InvalidOperation:
            yield problem(
                f"parameters[{index}].value",
                (f"“{line.value}”不是数", f"{line.value} is not a number"),
                (
                    "写数字，小数用点，单位写在旁边一列",
                    "write digits, with a point before decimals, and the unit beside them",
                ),
            )


def _contacts(item: Item) -> Iterator[Problem]:
    way = item.direct_way
    telephones = {"direct_way.phone": way.phone}
    telephones |= {f"counters[{n}].phone": each.phone for n, each in enumerate(item.counters)}
    addresses = {"direct_way.url": way.url}
    for field, contact in (("consultation", item.consultation), ("complaint", item.complaint)):
        if contact is not None:
            telephones |= {f"{field}.phone": contact.phone} if contact.phone else {}
            addresses |= {f"{field}.url": contact.url} if contact.url else {}
    yield from (_not_web(field) for field, text in addresses.items() if not is_web_address(text))
    yield from (_not_dialled(field) for field, text in telephones.items() if not is_telephone(text))


def _not_web(field: str) -> Problem:
    return problem(
        field,
        ("不是网址", "it is no web address"),
        ("写完整的网址，以 https:// 开头", "write the whole address, which begins with https://"),
    )


def _not_dialled(field: str) -> Problem:
    return problem(
        field,
        ("不是电话号码", "it is no telephone number"),
        (
            "写区号和号码，如 0551-12345678 转 1；别的话写在说明里",
            "write area and number, such as 0551-12345678 转 1; other words have their own column",
        ),
    )


def _situations(item: Item) -> Iterator[Problem]:
    required = {line.code for line in item.materials if line.necessity is Necessity.REQUIRED}
    for index, line in enumerate(item.handling_items):
        for code in sorted(required - set(line.materials)) if line.materials else ():
            yield problem(
                f"handling_items[{index}].materials",
                (
                    f"材料{code}是必要的，这种情形却没有写",
                    f"the material {code} is required, and this situation leaves it out",
                ),
                (
                    "加上它，或者把材料改成非必要，写明何种情形需要",
                    "add it, or make the material optional and say when it is needed",
                ),
            )


def _decisions(item: Item) -> Iterator[Problem]:
    yield from find_undecided(item.decisions, item.form)


RULES: tuple[Callable[[Item], Iterator[Problem]], ...] = (
    _visits,
    _steps,
    _limits,
    find_catch_alls,
    _words,
    find_missing_bases,
    _parameters,
    _contacts,
    find_other_entries,
    find_bad_texts,
    _situations,
    _decisions,
)
