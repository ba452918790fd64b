"""Understanding a question: what is wanted, where the person is, and whose matter it is.

在松江办合肥的营业执照 is 营业执照, from 松江, for 合肥.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tongban.core.divisions.division import Division, DivisionLevel
from tongban.core.divisions.register import DivisionRegister, by_height
from tongban.core.items.place import Place
from tongban.search.sayings import Sayings
from tongban.search.tokens import plain, simplified

_LENGTH_MAX = 100
# Words that carry no matter: 我想问一下怎么办理 asks for nothing yet.
_EMPTY = re.compile(
    r"我想|我要|想要|需要|请问|怎么样|怎么|怎样|如何|什么|哪里|能不能|可不可以|可以|办理|申请|申办"
    r"|一下|一个|一家|我们|在外地|外地|老家|手续|材料|帮我|(?<![\u3400-\u9fff])人(?=[在的想要办]|$)"
    r"|(?<!补)办|[我想要在的了吗呢啊吧请问能去到从和与]"
)
_EMPTY_LATIN = re.compile(
    r"an?|the|in|at|of|for|to|from|how|do|does|i|my|me|can|could|want|need|get|apply|please|and|or"
    r"|is|are|am|what|where|with|on|living"
)
# Names of two characters may be words as well: 矿区, 郊区. Of those that are near, these are, or
# two words meet in them: 街上城管, 公积金东西.
_SHORT = 2
_ALSO_WORDS = {"无为", "海盐", "上城", "金东", "金山"}
_POSSESSIVE = re.compile(r"['’]s(?![a-z])")
# The person is there: 人在, 我在, 住在; or 在 and 从 beside another place, whose matter it is.
_HERE_SURELY = re.compile(r"(人在|我在|现在|住在|living in|i am in|from )$")
_HERE_MAYBE = re.compile(r"([在从]|in |at )$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What somebody asked.

    matter: the text without places. words: its runs that are not empty. here, there: codes, or
    empty.
    """

    matter: str
    words: tuple[str, ...]
    here: str = ""
    there: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Named:
    """A place in the text, with what stands before it."""

    code: str
    before: str


class PlaceNames:
    """The names by which places are recognised in a question, longest first.

    Of counties, short names of two characters count only near places that take part: 公安 is a
    county, and the police.
    """

    def __init__(self, register: DivisionRegister, places: Sequence[Place]) -> None:
        self._register = register
        self._taking_part = {place.code for place in places}
        self._inside: dict[str, list[str]] = {}
        for code in sorted(self._taking_part):
            for above in register.ancestors(code):
                self._inside.setdefault(above.code, []).append(code)
        names = _division_names(register, self._taking_part)
        for place in places:
            names |= dict.fromkeys(map(plain, _place_names(place)), place.code)
        self._codes: Mapping[str, str] = names
        self._lengths = _lengths_by_first(names)

    def seat(self, code: str) -> str:
        """The place that takes part and in which this one lies: 合肥 for 巢湖; else itself."""
        if code in self._taking_part:
            return code
        above = (each.code for each in self._register.ancestors(code))
        return next((each for each in above if each in self._taking_part), code)

    def members(self, code: str) -> tuple[str, ...]:
        """The places that stand for this one: its seat, or those that take part and lie in it."""
        seat = self.seat(code)
        return (seat,) if seat in self._taking_part else tuple(self._inside.get(code, (code,)))

    def found(self, text: str) -> list[_Named]:
        """The places that a text names, in its order."""
        return [
            _Named(code=self.seat(self._codes[name]), before=text[:at])
            for at, name in self._named_in(text)
        ]

    def without(self, text: str) -> str:
        """The text with a blank for every place."""
        for at, name in reversed(list(self._named_in(text))):
            text = f"{text[:at]} {text[at + len(name) :]}"
        return text

    def _named_in(self, text: str) -> Iterator[tuple[int, str]]:
        at = 0
        while at < len(text):
            lengths = self._lengths.get(text[at], ())
            spans = (text[at : at + length] for length in lengths)
            name = next((span for span in spans if span in self._codes), "")
            if name:
                yield at, name
            at += len(name) or 1


class Colloquial:
    """What people say for what the catalogue calls otherwise: 爸妈 for 父母."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._sayings = Sayings(words)

    def in_field_words(self, matter: str) -> str:
        """The matter as the catalogue would say it."""
        return self._sayings.replaced(matter, lambda meaning: meaning or " ")


def understand(text: str, names: PlaceNames) -> Question:
    """Take places and empty words out of a text; the matter is what remains."""
    asked = _POSSESSIVE.sub("", plain(text)[:_LENGTH_MAX])
    here, there = _roles(names.found(asked))
    matter = names.without(asked)
    return Question(matter=matter, words=words_of(matter), here=here, there=there)


def words_of(matter: str) -> tuple[str, ...]:
    """The runs of a plain text that are not empty."""
    return tuple(_words_of(matter))


def _roles(named: list[_Named]) -> tuple[str, str]:
    """Who of the places named is where the person is, and whose matter it is."""
    here = next((each for each in named if _HERE_SURELY.search(each.before)), None)
    if here is None and len(named) > 1:
        here = next((each for each in named if _HERE_MAYBE.search(each.before)), None)
    there = next((each for each in named if each is not here), None)
    return here.code if here else "", there.code if there else ""


def _words_of(text: str) -> Iterator[str]:
    for run in re.findall(r"[\u3400-\u9fff]+|[a-z]+", text):
        if _EMPTY_LATIN.fullmatch(run):
            continue
        yield from filter(None, _EMPTY.split(run)) if run > "z" else [run]


def _lengths_by_first(names: Iterable[str]) -> Mapping[str, Sequence[int]]:
    """How long names with this first character can be, longest first."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for name in names:
        lengths[name[0]].add(len(name))
    return {first: sorted(each, reverse=True) for first, each in lengths.items()}


def _division_names(register: DivisionRegister, taking_part: set[str]) -> dict[str, str]:
    """Codes by full and short names; the higher has a name, and of two counties the near one."""
    near = _near(register, taking_part)
    names: dict[str, str] = {}
    for division in sorted(register, key=lambda each: (_is_far(each, near), by_height(each))):
        for name in _names_in_text(division, near=division.code in near):
            names.setdefault(simplified(name), division.code)
    return names


def _near(register: DivisionRegister, taking_part: set[str]) -> set[str]:
    """The codes of what lies in a place that takes part, or beside a district that does."""
    districts = (each for each in taking_part if not each.endswith("00"))
    above = {parent.code for each in districts if (parent := register.parent(each))}
    around = above | taking_part
    return {
        each.code for each in register if (up := register.parent(each.code)) and up.code in around
    }


def _is_far(division: Division, near: set[str]) -> bool:
    return division.level is DivisionLevel.COUNTY and division.code not in near


def _names_in_text(division: Division, *, near: bool) -> Iterator[str]:
    name, short = division.name, division.short
    if len(name) > _SHORT:
        yield name
    is_higher = division.level is not DivisionLevel.COUNTY
    if is_higher or len(short) > _SHORT or (near and short not in _ALSO_WORDS):
        yield short


def _place_names(place: Place) -> tuple[str, ...]:
    return place.name.zh, place.short.zh, place.short.en
