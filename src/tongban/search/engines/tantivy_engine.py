"""Search by tantivy: an inverted index in files that the system maps into memory as needed."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
import tantivy
from tantivy import Occur, Query

from tongban.search.engines.wordings import flags_wanted, worded
from tongban.search.entry import Entry, decoded
from tongban.search.index import Filters, IndexUnreadable
from tongban.search.vocabulary import Vocabulary

_VOCABULARY = "vocabulary"
# The least that the writer takes; half of it is enough for what one node knows, and the rest
# only speeds up a million rows.
_HEAP_SMALL, _HEAP_LARGE = 15_000_000, 256_000_000
_NAMED_WEIGHT = 3.0


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in ("named", "said"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    for field in ("place", "basic"):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("flags", tokenizer_name="whitespace", index_option="basic")
    builder.add_bytes_field("entry", stored=True)
    return builder.build()


_SCHEMA = _schema()


class TantivyEngine:
    """The engine of choice: over a million rows in milliseconds."""

    def write(self, entries: Iterable[Entry], folder: Path | None) -> "TantivyIndex":
        """See `Engine.write`; one thread, so that the answer never depends on chance."""
        index = tantivy.Index(_SCHEMA, path=str(folder) if folder else None)
        writer = index.writer(_HEAP_LARGE if folder else _HEAP_SMALL, 1)
        vocabulary = Vocabulary()
        encode = msgspec.msgpack.Encoder().encode
        for line in worded(entries, vocabulary):
            document = tantivy.Document()
            document.add_text("named", line.named)
            document.add_text("said", line.said)
            document.add_text("place", line.entry.place)
            document.add_text("basic", line.entry.basic)
            document.add_text("flags", line.flags)
            document.add_bytes("entry", encode(line.entry))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        if folder:
            (folder / _VOCABULARY).write_bytes(vocabulary.encode())
        return TantivyIndex(index, vocabulary)

    def open(self, folder: Path) -> "TantivyIndex":
        """See `Engine.open`."""
        try:
            vocabulary = Vocabulary.decode((folder / _VOCABULARY).read_bytes())
            return TantivyIndex(tantivy.Index.open(str(folder)), vocabulary)
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            raise IndexUnreadable(f"{folder}: {error}") from error


class TantivyIndex:
    """See `SearchIndex`."""

    def __init__(self, index: tantivy.Index, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._searcher = index.searcher()

    def candidates(self, tokens: Sequence[str], filters: Filters, limit: int) -> list[Entry]:
        """See `SearchIndex.candidates`."""
        asked = [_either(token) for token in dict.fromkeys(tokens)]
        fitting = Query.boolean_query([(Occur.Should, each) for each in asked])
        return self._found([fitting if asked else Query.all_query(), *_must(filters)], limit)

    def of_basic(self, basic: str, places: Sequence[str], limit: int) -> list[Entry]:
        """See `SearchIndex.of_basic`."""
        return self._found([_term("basic", basic), *_any_of(places)], limit)

    def _found(self, musts: Sequence[Query], limit: int) -> list[Entry]:
        query = Query.boolean_query([(Occur.Must, each) for each in musts])
        hits = self._searcher.search(query, limit, count=False).hits
        return [decoded(self._searcher.doc(address)["entry"][0]) for _, address in hits]


def _either(token: str) -> Query:
    """In a name or an alias it weighs more than in the description."""
    named = Query.boost_query(_term("named", token), _NAMED_WEIGHT)
    return Query.disjunction_max_query([named, _term("said", token)])


def _must(filters: Filters) -> list[Query]:
    return [*map(_flag, flags_wanted(filters)), *_any_of(filters.places)]


def _any_of(places: Sequence[str]) -> list[Query]:
    if not places:
        return []
    either = Query.boolean_query([(Occur.Should, _term("place", place)) for place in places])
    return [Query.const_score_query(either, 0.0)]


def _flag(flag: str) -> Query:
    return Query.const_score_query(_term("flags", flag), 0.0)


def _term(field: str, value: str) -> Query:
    return Query.term_query(_SCHEMA, field, value)


ENGINE = TantivyEngine()
