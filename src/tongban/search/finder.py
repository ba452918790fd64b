"""From a question to results: what fits, in which place, and whether it works from here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tongban.catalogue.other_authorities import OtherMatter
from tongban.search.elsewhere import Elsewhere
from tongban.search.entry import Entry
from tongban.search.fit import Asked, asked_of, fit
from tongban.search.index import ANYTHING, Filters, SearchIndex
from tongban.search.question import Colloquial, PlaceNames, Question, understand
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
_NOWHERE = Elsewhere()


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """A basic item in the place that is nearest to what was asked.

    fit: between 0 and 1. others: the same basic item in other places, for all places.
    """

    entry: Entry
    fit: float
    standing: Standing
    others: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """Results, best first, and how the question was understood.

    places: those that stand for the place asked for, its cities for a province; empty for all.
    elsewhere: matters of authorities beyond the catalogue that the question names.
    """

    question: Question
    here: str
    there: str
    places: tuple[str, ...]
    results: tuple[Result, ...]
    elsewhere: tuple[OtherMatter, ...] = ()

    @property
    def offered(self) -> bool:
        """Whether any result is of the place that was asked for."""
        return not self.places or any(each.entry.place in self.places for each in self.results)

    @property
    def sure(self) -> bool:
        """Whether the best result is of the place that was asked for, and no guess."""
        return any(_is_sure(each, self.places) for each in self.results[:1])


class Finder:
    """Searches one index for people of any place."""

    def __init__(
        self,
        index: SearchIndex,
        names: PlaceNames,
        colloquial: Colloquial,
        reach: Reach,
        elsewhere: Elsewhere = _NOWHERE,
    ) -> None:
        self._index = index
        self._names = names
        self._colloquial = colloquial
        self._reach = reach
        self._elsewhere = elsewhere

    def find(self, wanted: Wanted) -> Found:
        """Every fitting item of the place that is asked for; else each basic item once.

        Where that place surely offers nothing of the kind, what others offer is shown as well.
        """
        question = understand(wanted.text, self._names)
        here = self._here(_first_said(question.here, wanted.here, wanted))
        there = next(_first_said(question.there, wanted.there, wanted), "")
        places = self._names.members(there) if there else ()
        asked = self._asked(question)
        results = []
        if asked or question.there or not wanted.text.strip():
            results = self._results(asked, wanted, here, places)
        return Found(
            question=question,
            here=here,
            there=there if len(places) != 1 else places[0],
            places=places,
            results=tuple(sorted(results, key=_rank_from(here))[: wanted.limit]),
            elsewhere=self._elsewhere.meant_by(question.matter),
        )

    def _here(self, said: Iterator[str]) -> str:
        """Where the person is: a province says too little where several places lie in it."""
        standing = (self._names.members(code) for code in said)
        return next((members[0] for members in standing if len(members) == 1), "")

    def _results(
        self, asked: list[Asked], wanted: Wanted, here: str, places: tuple[str, ...]
    ) -> list[Result]:
        """What is found, in no order."""
        filters, limit = wanted.filters, wanted.limit
        if not places:
            return self._of_all(asked, filters, here, limit)
        inside = replace(filters, places=places)
        of_places = self._of_place if len(places) == 1 else self._of_all
        results = of_places(asked, inside, here, limit)
        if any(_is_sure(each, places) for each in results) or (wanted.binding and wanted.there):
            return results
        known = {each.entry.basic for each in results}
        everywhere = self._of_all(asked, filters, here, limit)
        return results + [each for each in everywhere if each.entry.basic not in known]

    def _asked(self, question: Question) -> list[Asked]:
        """The question in every way to say it; in none, where it has no matter."""
        if not question.words:
            return []
        ways = self._colloquial.ways_to_say(question.matter)
        known = self._elsewhere.tokens
        return [asked_of(way, self._index.vocabulary, beyond=known) for way in ways]

    def _of_place(
        self, asked: list[Asked], filters: Filters, here: str, limit: int
    ) -> list[Result]:
        """What fits of the things that one place decides."""
        fitting = self._fitting(asked, filters)
        results = (
            Result(entry=entry, fit=score, standing=self._reach(entry, here), others=())
            for entry, score in sorted(fitting, key=_by_fit)[: _looked_at(asked, limit)]
        )
        return _until_enough(results, limit)

    def _of_all(self, asked: list[Asked], filters: Filters, here: str, limit: int) -> list[Result]:
        """What fits of everything, each basic item in the place that is nearest to the person."""
        best: dict[str, tuple[Entry, float]] = {}
        for entry, score in self._fitting(asked, replace(filters, first_wording=True)):
            if score > best.get(entry.basic, (entry, 0.0))[1]:
                best[entry.basic] = (entry, score)
        first = sorted(best.values(), key=_by_fit)[: _looked_at(asked, limit)]
        results = (self._nearest(entry, score, here, filters.places) for entry, score in first)
        return _until_enough(results, limit)

    def _fitting(self, asked: list[Asked], filters: Filters) -> list[tuple[Entry, float]]:
        """Entries with how well they fit; everything, where nothing was asked."""
        if not asked:
            everything = self._index.candidates((), filters, _EVERYTHING)
            return [(entry, 1.0) for entry in everything]
        tokens = [token for way in asked for token in way.tokens]
        among = min(_CANDIDATES * max(len(filters.places), 1), _EVERYTHING)
        entries = self._index.candidates(tokens, filters, among)
        scored = [(entry, max(fit(entry, way) for way in asked)) for entry in entries]
        best = max((score for _, score in scored), default=0.0)
        enough = max(_ENOUGH, best * _OF_THE_BEST)
        return [(entry, score) for entry, score in scored if score >= enough]

    def _nearest(self, entry: Entry, score: float, here: str, places: tuple[str, ...]) -> Result:
        """The basic item of this entry in one's own place, or else where it works from here.

        The first place where it works is taken: to ask a node about each of 333 takes its time.
        """
        own = self._index.of_basic(entry.basic, (here,), 1) if not places or here in places else []
        others = self._index.of_basic(entry.basic, places, _PLACES_MAX)
        offers = list({each.item: each for each in (*own, entry, *others)}.values())
        standings = ((each, self._reach(each, here)) for each in offers[:_ASKED_MAX])
        nearest, standing = next(
            (each for each in standings if each[1].possible),
            (offers[0], self._reach(offers[0], here)),
        )
        others = [each for each in offers if each.item != nearest.item]
        return Result(entry=nearest, fit=score, standing=standing, others=tuple(others))


def _looked_at(asked: list[Asked], limit: int) -> int:
    """How many of the best are ranked; all where nothing was asked, for then all fit alike."""
    return limit + _SPARE if asked else _EVERYTHING


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


def _by_fit(scored: tuple[Entry, float]) -> tuple[float, str]:
    return -scored[1], scored[0].item


def _rank_from(here: str) -> Callable[[Result], tuple[object, ...]]:
    """The order of results; what is possible is of weight only to somebody who is somewhere."""

    def rank(result: Result) -> tuple[object, ...]:
        step = (-round(result.fit / _STEP), not result.standing.possible) if here else ()
        return *step, -result.fit, result.entry.item

    return rank
