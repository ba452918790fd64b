"""What is possible from here: the node is asked, so pages hold no rules of their own."""

from collections.abc import Iterator, Mapping, Sequence

from tongban.core.cases.commands import TakeIn
from tongban.core.cases.events import Delivery, Mode
from tongban.core.decided import Decided
from tongban.core.entry import Actor, ActorKind
from tongban.core.grounds import words_for
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal, Remedy
from tongban.core.words import Words
from tongban.pages.intake_samples import counter_sample, online_sample
from tongban.pages.node_access import current_node
from tongban.pages.places import is_served, place_of, words_of_place
from tongban.search import sentences
from tongban.search.entry import Entry, entry_of
from tongban.search.standing import Standing, Way

# Whoever asks; what is allowed depends on the item and the places, not on the person.
_APPLICANT = Actor(kind=ActorKind.APPLICANT, number="-")
_CLERK = Actor(kind=ActorKind.OFFICER, role="counter_clerk", number="-")


class NodeReach:
    """See `Reach`; items: those that were indexed, by 实施编码."""

    def __init__(self, items: Mapping[str, Item]) -> None:
        self._items = items

    def __call__(self, entry: Entry, here: str) -> Standing:
        """What the node would allow at this place."""
        return standing_of(self._items[entry.item], here)


def standing_of(item: Item, here: str) -> Standing:
    """Own place, then online, then the counter of this place, then the direct way."""
    entry, there = entry_of(item), words_of_place(item.place)
    if item.place == here:
        return Standing(way=Way.OWN_PLACE, why=sentences.own_place(there))
    if not is_served(here):
        return _from_elsewhere(item, here)
    refusal = None
    for way, sample in _samples(item, here):
        answer = current_node().consider(sample)
        if not isinstance(answer, Refusal):
            return Standing(way=way, why=_why(way, entry, here, answer))
        refusal = answer
    return _closed(entry, here, refusal)


def _from_elsewhere(item: Item, here: str) -> Standing:
    """For somebody whom another node serves, or none: this one can speak for no counter there."""
    entry, there = entry_of(item), words_of_place(item.place)
    if item.process_for(Mode.ALL_ONLINE):
        return Standing(way=Way.ONLINE, why=sentences.online(entry, there))
    of_counters = sentences.another_site if place_of(here) else sentences.not_open
    why = of_counters(words_of_place(here), there)
    return Standing(way=Way.DIRECT, why=why, direct=sentences.direct_way(entry))


def _samples(item: Item, here: str) -> Iterator[tuple[Way, TakeIn]]:
    if item.process_for(Mode.ALL_ONLINE):
        yield Way.ONLINE, online_sample(item, _APPLICANT, here)
    if item.process_for(Mode.DELEGATED_INTAKE):
        yield Way.COUNTER, counter_sample(item, _CLERK, here, Delivery.COUNTER)


def _why(way: Way, entry: Entry, here: str, decided: Sequence[Decided]) -> Words:
    there = words_of_place(entry.place)
    if way is Way.ONLINE:
        return sentences.online(entry, there)
    basis = next((each.basis for each in decided if each.basis and each.basis.document), None)
    document = current_node().document(basis.document or "") if basis else None
    if basis is None or document is None:
        return sentences.counters([words_of_place(here)])
    return sentences.counter(
        words_of_place(here), there, sentences.clause(document.title, basis.clause or "")
    )


def _closed(entry: Entry, here: str, refusal: Refusal | None) -> Standing:
    """Why not, what would make it so, and the competent authority's direct way."""
    here_words, there = words_of_place(here), words_of_place(entry.place)
    if refusal is None:
        why, remedy = sentences.not_open(here_words, there), None
    else:
        words = words_for(refusal.ground)
        why, remedy = words.why, words.next
        if Remedy.AMEND_AGREEMENT in refusal.remedies:
            remedy = sentences.once_agreed(here_words, there)
    return Standing(way=Way.DIRECT, why=why, remedy=remedy, direct=sentences.direct_way(entry))
