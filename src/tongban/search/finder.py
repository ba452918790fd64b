"""From a question to results: what fits, in which place, and whether it works from here."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tongban.catalogue.acts import Act
from tongban.catalogue.other_authorities import OtherMatter
from tongban.core.words import Words
from tongban.search import sentences
from tongban.search.acts import Acts
from tongban.search.elsewhere import Elsewhere
from tongban.search.entry import Entry
from tongban.search.fit import Asked, asked_of, fit
from tongban.search.index import ANYTHING, Filters, SearchIndex
from tongban.search.meaning import Meaning, fit_by_both, guesses
from tongban.search.nearness import Scored, told_apart
from tongban.search.question import Colloquial, PlaceNames, Question, understand, words_of
from tongban.search.standing import Reach, Standing

# Nine places may word one item in nine ways, so there are more candidates than results.
_CANDIDATES, _EVERYTHING = 120, 1000
_PLACES_MAX = 12
# Below this a result is a coincidence of common words; so is what fits half as well as the best.
_ENOUGH, _OF_THE_BEST = 0.25, 0.5
#: Below this, what was found is a guess at what was wanted.
SURELY = 0.6
# Results whose fit differs by less are equally good; then what is possible from here wins.
_STEP = 0.04
# So many more than the limit are looked at, because what is possible from here may stand lower.
_SPARE = 5
_ASKED_MAX = 12
# So many found by words are held against what a question means.
_CONSIDERED = 12
_NOWHERE, _ANY_ACT = Elsewhere(), Acts()


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A search.

    here, there: codes that the person chose. What the text says goes before them, unless they are
    binding: then they go before the text, and nothing is found but what `there` decides.
    """

    text: str
    here: str = ""
    there: str = ""
    binding: bool = False
    filters: Filters = ANYTHING
    limit: int = 10


class Match(StrEnum):
    """Whether a result is what was asked for, may be, or is near and surely not the same."""

    FITS = "fits"
    GUESS = "guess"
    NEAR = "near"


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """A basic item in the place that is nearest to what was asked.

    fit: between 0 and 1. near: it is about the thing that was asked for and for another act.
    others: the same basic item in other places, for all places.
    """

    entry: Entry
    fit: float
    near: bool
    standing: Standing
    others: tuple[Entry, ...]

    @property
    def match(self) -> Match:
        """How much this result can be relied on."""
        if self.near:
            return Match.NEAR
        return Match.FITS if self.fit >= SURELY else Match.GUESS


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """Results, best first, and how the question was understood.

    places: those that stand for the place asked for, its cities for a province; empty for all.
    acts: what the question asks to have done, where it says so. elsewhere: matters of authorities
    beyond the catalogue that the question names.
    """

    question: Question
    here: str
    there: str
    places: tuple[str, ...]
    results: tuple[Result, ...]
    acts: tuple[Act, ...] = ()
    elsewhere: tuple[OtherMatter, ...] = ()

    @property
    def offered(self) -> bool:
        """Whether any result is of the place that was asked for."""
        return not self.places or any(each.entry.place in self.places for each in self.results)

    @property
    def sure(self) -> bool:
        """Whether the best result is of the place that was asked for, and no guess."""
        return any(_is_sure(each, self.places) for each in self.results[:1])

    @property
    def not_in_the_list(self) -> Words | None:
        """That nothing here is for the act that was asked for, where the best is for another."""
        if any(each.near for each in self.results[:1]):
            return sentences.not_in_the_list(self.acts)
        return None

    def not_the_same(self, result: Result) -> Words | None:
        """That this result is for another act, where it is."""
        return sentences.not_the_same(self.acts) if result.near else None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sought:
    """A question in every way to say it, what it asks to have done, and the thing alone."""

    matter: str = ""
    ways: tuple[Asked, ...] = ()
    acts: tuple[Act, ...] = ()
    thing: Asked | None = None


class Finder:
    """Searches one index for people of any place."""

    def __init__(
        self,
        index: SearchIndex,
        names: PlaceNames,
        colloquial: Colloquial,
        reach: Reach,
        *,
        elsewhere: Elsewhere = _NOWHERE,
        acts: Acts = _ANY_ACT,
        meaning: Meaning | None = None,
    ) -> None:
        self._index = index
        self._names = names
        self._colloquial = colloquial
        self._reach = reach
        self._elsewhere = elsewhere
        self._acts = acts
        self._meaning = meaning

    def find(self, wanted: Wanted) -> Found:
        """Every fitting item of the place that is asked for; else each basic item once.

        Where that place surely offers nothing of the kind, what others offer is shown as well.
        """
        question = understand(wanted.text, self._names)
        here = self._here(_first_said(question.here, wanted.here, wanted))
        there = next(_first_said(question.there, wanted.there, wanted), "")
        places = self._names.members(there) if there else ()
        sought = self._sought(question)
        elsewhere = self._elsewhere.meant_by(question.matter)
        results = []
        if sought.ways or question.there or not wanted.text.strip():
            results = self._results(sought, wanted, here, places)
        if sought.ways and not elsewhere and not any(_is_sure(each, places) for each in results):
            results = self._with_guesses(results, sought, wanted, here, places)
        return Found(
            question=question,
            here=here,
            there=there if len(places) != 1 else places[0],
            places=places,
            results=tuple(sorted(results, key=_rank_from(here))[: wanted.limit]),
            acts=sought.acts,
            elsewhere=elsewhere,
        )

    def _here(self, said: Iterator[str]) -> str:
        """Where the person is: a province says too little where several places lie in it."""
        standing = (self._names.members(code) for code in said)
        return next((members[0] for members in standing if len(members) == 1), "")

    def _results(
        self, sought: _Sought, wanted: Wanted, here: str, places: tuple[str, ...]
    ) -> list[Result]:
        """What is found, in no order."""
        filters, limit = wanted.filters, wanted.limit
        if not places:
            return self._of_all(sought, filters, here, limit)
        inside = replace(filters, places=places)
        of_places = self._of_place if len(places) == 1 else self._of_all
        results = of_places(sought, inside, here, limit)
        if any(_is_sure(each, places) for each in results) or (wanted.binding and wanted.there):
            return results
        known = {each.entry.basic for each in results}
        everywhere = self._of_all(sought, filters, here, limit)
        return results + [each for each in everywhere if each.entry.basic not in known]

    def _with_guesses(
        self,
        results: list[Result],
        sought: _Sought,
        wanted: Wanted,
        here: str,
        places: tuple[str, ...],
    ) -> list[Result]:
        """What was found by words and is not sure, together with what means something near."""
        nearness = self._meaning.nearness(sought.matter) if self._meaning else {}
        if not nearness:
            return results
        # What fits no better than the best may be the one that was meant.
        wide = replace(wanted, limit=max(wanted.limit, _CONSIDERED))
        results = self._results(sought, wide, here, places)
        known = {each.entry.basic for each in results}
        meant = (each for each in guesses(nearness) if each not in known)
        added = (self._guess(each, wanted, places) for each in meant)
        guessed = [
            self._nearest(
                Scored(entry, 0.0, near=self._acts.differ(entry, sought.acts)),
                here,
                (entry.place,) if places else (),
            )
            for entry in added
            if entry and wanted.filters.hold(entry)
        ]
        return [
            replace(each, fit=fit_by_both(each.fit, nearness.get(each.entry.basic, 0.0)))
            for each in (*results, *guessed)
        ]

    def _guess(self, basic: str, wanted: Wanted, places: tuple[str, ...]) -> Entry | None:
        """This basic item of the place asked for, or of any where others may be shown."""
        bound = wanted.binding and wanted.there
        found = (
            self._index.of_basic(basic, where, 1) for where in (places, () if not bound else places)
        )
        return next((entry for entries in found for entry in entries), None)

    def _sought(self, question: Question) -> _Sought:
        """What a question asks for; in no way, where it has no matter."""
        if not question.words:
            return _Sought()
        official = self._colloquial.in_field_words(question.matter)
        ways = dict.fromkeys((question.words, words_of(official)))
        acts = self._acts.asked(official)
        return _Sought(
            matter=question.matter,
            ways=tuple(map(self._asked_of, ways)),
            acts=acts,
            thing=self._asked_of(words_of(self._acts.without(official))) if acts else None,
        )

    def _asked_of(self, words: Sequence[str]) -> Asked:
        return asked_of(words, self._index.vocabulary, beyond=self._elsewhere.tokens)

    def _of_place(self, sought: _Sought, filters: Filters, here: str, limit: int) -> list[Result]:
        """What fits of the things that one place decides."""
        fitting = sorted(self._fitting(sought, filters), key=_by_fit)
        results = (
            Result(
                entry=each.entry,
                fit=each.fit,
                near=each.near,
                standing=self._reach(each.entry, here),
                others=(),
            )
            for each in fitting[: _looked_at(sought, limit)]
        )
        return _until_enough(results, limit)

    def _of_all(self, sought: _Sought, filters: Filters, here: str, limit: int) -> list[Result]:
        """What fits of everything, each basic item in the place that is nearest to the person."""
        best: dict[str, Scored] = {}
        for each in self._fitting(sought, replace(filters, first_wording=True)):
            if each.entry.basic not in best or each.fit > best[each.entry.basic].fit:
                best[each.entry.basic] = each
        first = sorted(best.values(), key=_by_fit)[: _looked_at(sought, limit)]
        results = (self._nearest(each, here, filters.places) for each in first)
        return _until_enough(results, limit)

    def _fitting(self, sought: _Sought, filters: Filters) -> list[Scored]:
        """Entries with how well they fit; everything, where nothing was asked."""
        if not sought.ways:
            everything = self._index.candidates((), filters, _EVERYTHING)
            return [Scored(entry, 1.0) for entry in everything]
        tokens = [token for way in sought.ways for token in way.tokens]
        among = min(_CANDIDATES * max(len(filters.places), 1), _EVERYTHING)
        entries = self._index.candidates(tokens, filters, among)
        fits = [(entry, max(fit(entry, way) for way in sought.ways)) for entry in entries]
        scored = [
            Scored(entry, score, near=self._acts.differ(entry, sought.acts))
            for entry, score in _best_of(fits)
        ]
        return told_apart(scored, sought.thing) if sought.thing else scored

    def _nearest(self, scored: Scored, here: str, places: tuple[str, ...]) -> Result:
        """The basic item of this entry in one's own place, or else where it works from here.

        The first place where it works is taken: to ask a node about each of 333 takes its time.
        """
        entry = scored.entry
        asked_at = here and (not places or here in places)
        own = self._index.of_basic(entry.basic, (here,), 1) if asked_at else []
        others = self._index.of_basic(entry.basic, places, _PLACES_MAX)
        offers = list({each.item: each for each in (*own, entry, *others)}.values())
        standings = ((each, self._reach(each, here)) for each in offers[:_ASKED_MAX])
        nearest, standing = next(
            (each for each in standings if each[1].possible),
            (offers[0], self._reach(offers[0], here)),
        )
        others = [each for each in offers if each.item != nearest.item]
        return Result(
            entry=nearest,
            fit=scored.fit,
            near=scored.near,
            standing=standing,
            others=tuple(others),
        )


def _best_of(scored: list[tuple[Entry, float]]) -> list[tuple[Entry, float]]:
    """Those that are no coincidence beside the best."""
    best = max((score for _, score in scored), default=0.0)
    enough = max(_ENOUGH, best * _OF_THE_BEST)
    return [(entry, score) for entry, score in scored if score >= enough]


def _looked_at(sought: _Sought, limit: int) -> int:
    """How many of the best are ranked; all where nothing was asked, for then all fit alike."""
    return limit + _SPARE if sought.ways else _EVERYTHING


def _until_enough(results: Iterator[Result], limit: int) -> list[Result]:
    """Of results in the order of their fit, those that can be among so many.

    To ask a node takes its time, and what fits no better cannot pass what is possible.
    """
    enough, possible = [], 0
    for result in results:
        enough.append(result)
        possible += result.standing.possible
        if possible >= limit:
            break
    return enough


def _first_said(said: str, chosen: str, wanted: Wanted) -> Iterator[str]:
    """The codes that there are, what counts more first."""
    return filter(None, (chosen, said) if wanted.binding else (said, chosen))


def _is_sure(result: Result, places: tuple[str, ...]) -> bool:
    return result.fit >= SURELY and (not places or result.entry.place in places)


def _by_fit(scored: Scored) -> tuple[float, str]:
    return -scored.fit, scored.entry.item


def _rank_from(here: str) -> Callable[[Result], tuple[object, ...]]:
    """The order of results; what is possible is of weight only to somebody who is somewhere."""

    def rank(result: Result) -> tuple[object, ...]:
        step = (-round(result.fit / _STEP), not result.standing.possible) if here else ()
        return *step, -result.fit, result.entry.item

    return rank
