"""A catalogue as large as China's, made out of the shipped one: places × items, all made up.

Names are joined from the words of real items, so pairs of characters are as frequent as in real
names. Places differ in wording as real lists do: six ways to name the same basic item.
"""

from collections.abc import Iterator
from itertools import islice, product

from tongban.catalogue import load_items, load_places
from tongban.catalogue.divisions import load_divisions
from tongban.core.divisions.division import Division, DivisionLevel
from tongban.core.items.offices import DirectWay
from tongban.core.words import Words
from tongban.search.entry import Entry

_ACTS = (
    "核发",
    "变更",
    "延续",
    "注销",
    "补办",
    "备案",
    "查询",
    "登记",
    "审批",
    "证明",
    "年检",
    "转移",
)
_WAYS_TO_NAME = ("", "（新办）", "（首次）", "（个人）", "（单位）", "（变更法定代表人）")
_MODES = ((), ("all_online",), ("delegated_intake",), ("all_online", "delegated_intake"))


def made_up_entries(places: int, items: int) -> Iterator[Entry]:
    """Entries of so many places, so many of each; the same ones every time."""
    names = made_up_names(items)
    for number, place in enumerate(_prefectures(places)):
        for index, name in enumerate(names):
            yield _entry(place, index, name, _WAYS_TO_NAME[(number * 7 + index) % 6])


def made_up_names(items: int) -> list[str]:
    """Names of basic items: a real matter, a real keyword, an act."""
    matters, words = _real_words()
    found = dict.fromkeys(
        f"{matter}{word}{act}"
        for word, matter, act in product(words, matters, _ACTS)
        if word not in matter
    )
    return list(islice(found, items))


def _real_words() -> tuple[list[str], list[str]]:
    """Short Chinese aliases and keywords of the shipped items, apart."""
    items = [item for place in load_places() for item in load_items(place.node.split(".")[0])]
    matters = dict.fromkeys(alias for item in items for alias in item.aliases)
    words = dict.fromkeys(word for item in items for word in item.keywords)
    return [each for each in matters if each >= "一"], [each for each in words if each >= "一"]


def _prefectures(count: int) -> Iterator[Division]:
    every = (each for each in load_divisions() if each.level is DivisionLevel.PREFECTURE)
    return islice(every, count)


def _entry(place: Division, index: int, name: str, way: str) -> Entry:
    basic = f"00{index:010d}"
    organisation = Words(zh=f"{place.name}第{index % 40}局", en=f"Authority {index % 40}")
    return Entry(
        item=f"11{place.code}0000000000{3}{basic}",
        basic=basic,
        place=place.code,
        name=Words(zh=name + way, en=f"Matter {index}"),
        phrases=(name + way, name[:4], name[-4:], f"matter {index}"),
        keywords=(),
        summary=Words(
            zh=f"在{place.short}办理{name}，由{organisation.zh}受理和决定。",
            en=f"Decided by authority {index % 40} of {place.short}.",
        ),
        audience=("1",) if index % 3 else ("2",),
        themes=(f"theme{index % 13}",),
        life_events=(),
        modes=_MODES[index % 4],
        organisation=organisation,
        direct_way=DirectWay(
            address=Words(zh=f"{place.name}政务服务中心", en="Service centre"),
            phone="12345",
            url=f"https://{place.code}.example.cn/{index}",
        ),
    )
