"""A common standard while an officer writes it; nothing is kept between two pages but the form."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext, ngettext

from tongban.core.cases.events import Mode
from tongban.core.catalogues.rule_forms import says_the_same
from tongban.core.china_time import china_day
from tongban.core.items.comparison import basic_code_of
from tongban.core.items.item import Item
from tongban.core.items.standard import MODE_WORDS, Standard, StandardMaterial, fees_of
from tongban.core.items.standard_proposal import (
    Practice,
    asked_materials,
    given_results,
    offering,
    propose_standard,
)
from tongban.core.plain_codes import is_number
from tongban.core.words import Words
from tongban.node.rules import KnownRule
from tongban.oversight.rule_heads import WORDS_MAX, both, own_name
from tongban.oversight.standard_lines import Asked, Kept, asked_lines, kept_lines, own_versions
from tongban.pages.components import FieldError
from tongban.pages.money import fen_of, yuan_of
from tongban.pages.node_access import now
from tongban.pages.places import words_of_place
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said

_WHOLE = re.compile(r"[0-9]{1,4}")
_TEXTS = ("number", "title_zh", "title_en", "issuer_zh", "issuer_en", "days", "visits", "fee")
_PICKS = ("material", "result", "mode")


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """The form as it was filled in; picks: by kind, codes, or the Chinese words of results."""

    texts: dict[str, str]
    picks: dict[str, tuple[str, ...]]
    illustrative: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """Something that can be ticked; note: how many places have it so."""

    value: str
    name: str
    chosen: bool
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A standard that is being written.

    items: of the places that have the basic item. after: the own version that its author
    changes, 0 for a new standard. before: that version.
    """

    basic: str
    items: tuple[Item, ...]
    after: int
    before: Standard | None
    filled: Filled

    @property
    def name(self) -> str:
        """What the item is called."""
        return said(self.items[0].name)

    @property
    def version(self) -> int:
        """What it will be."""
        return self.after + 1

    @property
    def materials(self) -> list[Option]:
        """What places ask, and what the version before named."""
        kept = [(line.code, line.name) for line in self.before.materials] if self.before else []
        return self._options("material", asked_materials(self.items), kept)

    @property
    def results(self) -> list[Option]:
        """What comes out somewhere, and what the version before named."""
        kept = [(line.zh, line) for line in self.before.results] if self.before else []
        return self._options("result", given_results(self.items), kept)

    @property
    def modes(self) -> list[Option]:
        """The ways to handle an item."""
        practice = [
            Practice(code=mode, name=MODE_WORDS[mode], places=offering(self.items, mode))
            for mode in Mode
        ]
        return self._options("mode", practice, [])

    @property
    def figures(self) -> list[tuple[str, int, int, str]]:
        """Of every place: name, days, visits and fees as they stand."""
        return [
            (
                said(words_of_place(item.place)),
                item.limits.promised_days,
                item.visits,
                yuan_of(fees_of(item)),
            )
            for item in self.items
        ]

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What a page carries on to the next one, as names and values of the form."""
        picked = [(kind, each) for kind, values in self.filled.picks.items() for each in values]
        kept = [("basic", self.basic), ("after", str(self.after)), *self.filled.texts.items()]
        return [*kept, *picked, *([("illustrative", "1")] if self.filled.illustrative else [])]

    def errors(self) -> tuple[FieldError, ...]:
        """What has to be mended before it can be published."""
        misfilled = tuple(self._misfilled())
        if misfilled:
            return misfilled
        if not self.after and own_versions(self.filled.texts["number"]):
            words = gettext("这个编号已经用过；换一个，或者从原来的标准写下一版。")
            return (FieldError(anchor="number", words=words),)
        if self.before and says_the_same(self.standard(), self.before):
            words = gettext("与上一版没有任何不同；改了内容再发布。")
            return (FieldError(anchor="", words=words),)
        return ()

    def published(self) -> KnownRule[Standard] | None:
        """This very draft, where it was published already: somebody pressed twice."""
        if any(self._misfilled()):
            return None
        known = _own_version(self.filled.texts["number"], self.version)
        return known if known and says_the_same(self.standard(), known.rule) else None

    def standard(self) -> Standard:
        """What was filled in, where nothing is wrong with it."""
        texts, picks = self.filled.texts, self.filled.picks
        materials = {each.value: each.name for each in self.materials}
        names = self._names()
        return Standard(
            number=texts["number"],
            version=self.version,
            title=both(texts["title_zh"], texts["title_en"]),
            issuer=both(texts["issuer_zh"], texts["issuer_en"]),
            published_on=china_day(now()),
            basic_code=self.basic,
            materials=tuple(
                StandardMaterial(code=code, name=names["material"][code])
                for code in materials
                if code in picks["material"]
            ),
            promised_days_max=int(texts["days"]),
            visits_max=int(texts["visits"]),
            fee_fen_max=fen_of(texts["fee"]) or 0,
            results=tuple(
                name for code, name in names["result"].items() if code in picks["result"]
            ),
            modes=tuple(mode for mode in Mode if mode in picks["mode"]),
            illustrative=self.filled.illustrative,
        )

    @property
    def places(self) -> list[Kept]:
        """Who would keep it."""
        return list(kept_lines(self.standard(), self.items))

    @property
    def keeping(self) -> int:
        """How many would keep it wholly."""
        return sum(place.wholly for place in self.places)

    @property
    def asked(self) -> list[Asked]:
        """What it would say, and what of it is new."""
        return list(asked_lines(self.standard(), self.before))

    def _names(self) -> dict[str, dict[str, Words]]:
        """By kind the words of everything that can be ticked."""
        before = self.before
        materials = {line.code: line.name for line in before.materials} if before else {}
        results = {line.zh: line for line in before.results} if before else {}
        asked = {each.code: each.name for each in asked_materials(self.items)}
        given = {each.code: each.name for each in given_results(self.items)}
        return {"material": materials | asked, "result": results | given}

    def _options(
        self, kind: str, practice: Iterable[Practice], before: Iterable[tuple[str, Words]]
    ) -> list[Option]:
        found = {each.code: each for each in practice}
        for code, name in before:
            found.setdefault(code, Practice(code=code, name=name, places=0))
        chosen = self.filled.picks[kind]
        return [
            Option(
                value=each.code,
                name=said(each.name),
                chosen=each.code in chosen,
                note=self._note(each.places),
            )
            for each in found.values()
        ]

    def _note(self, places: int) -> str:
        words = ngettext("%(all)s 个地方中 %(places)s 个", "%(all)s 个地方中 %(places)s 个", places)
        return words % {"all": len(self.items), "places": places}

    def _misfilled(self) -> Iterator[FieldError]:
        texts = self.filled.texts
        if not is_number(texts["number"]):
            words = gettext("编号用字母、数字和 . _ / -，最多 40 个字符，例如 G60/S-1。")
            yield FieldError(anchor="number", words=words)
        fits = {
            "title_zh": 0 < len(texts["title_zh"]) <= WORDS_MAX,
            "issuer_zh": 0 < len(texts["issuer_zh"]) <= WORDS_MAX,
            "days": bool(_WHOLE.fullmatch(texts["days"])),
            "visits": bool(_WHOLE.fullmatch(texts["visits"])),
            "fee": fen_of(texts["fee"]) is not None,
        }
        for name, fitting in fits.items():
            if not fitting:
                yield FieldError(anchor=name, words=_REMEDIES[name]())


#: What to do about a field that cannot be so.
_REMEDIES = {
    "title_zh": lambda: gettext("请写名称，最多 200 字。"),
    "issuer_zh": lambda: gettext("请写发布单位，最多 200 字。"),
    "days": lambda: gettext("时限请填整数，例如 3。"),
    "visits": lambda: gettext("次数请填整数，例如 0。"),
    "fee": lambda: gettext("收费请填金额，例如 0 或者 12.50。"),
}


def begun(given: QueryDict) -> Draft | None:
    """A draft to begin with: of an item in some places, or the next version of an own standard.

    None where neither is known here.
    """
    versions = own_versions(given.get("number", ""))
    before = versions[-1] if versions else None
    items = _items(before.rule.basic_code if before else given.get("item", ""))
    if not items:
        return None
    places = given.getlist("place")
    chosen = [item for item in items if item.place in places] or items
    standard = before.rule if before else propose_standard(chosen, china_day(now()))
    return Draft(
        basic=standard.basic_code,
        items=items,
        after=before.rule.version if before else 0,
        before=before.rule if before else None,
        filled=_filled_from(standard),
    )


def carried_on(given: QueryDict) -> Draft | None:
    """The draft as a form has it; None where that is no form of ours."""
    items, after = _items(given.get("basic", "")), given.get("after", "")
    if not items or not _WHOLE.fullmatch(after):
        return None
    number = given.get("number", "").strip()
    known = _own_version(number, int(after))
    texts = {name: given.get(name, "").strip() for name in _TEXTS}
    return Draft(
        basic=basic_code_of(items[0]),
        items=items,
        after=int(after),
        before=known.rule if known else None,
        filled=Filled(
            texts=texts,
            picks={kind: tuple(given.getlist(kind)) for kind in _PICKS},
            illustrative="illustrative" in given,
        ),
    )


def _own_version(number: str, version: int) -> KnownRule[Standard] | None:
    versions = own_versions(number)
    return next((each for each in versions if each.rule.version == version), None)


def _items(basic: str) -> tuple[Item, ...]:
    return tuple(item for item in whole_node().items() if basic_code_of(item) == basic)


def _filled_from(standard: Standard) -> Filled:
    issuer = standard.issuer if standard.issuer.zh else own_name()
    return Filled(
        texts={
            "number": standard.number,
            "title_zh": standard.title.zh,
            "title_en": standard.title.en,
            "issuer_zh": issuer.zh,
            "issuer_en": issuer.en,
            "days": str(standard.promised_days_max),
            "visits": str(standard.visits_max),
            "fee": yuan_of(standard.fee_fen_max),
        },
        picks={
            "material": tuple(line.code for line in standard.materials),
            "result": tuple(line.zh for line in standard.results),
            "mode": tuple(standard.modes),
        },
        illustrative=standard.illustrative,
    )
