"""The part of the store's contract that is there because neither disks nor peers are trusted."""

from typing import Any, Protocol

from tongban.logs.rows import ContradictionRow, RefusedRow


class DamageStore(Protocol):
    """Bytes that are not what they were, and bytes that may go."""

    def refused_entries(self, connection: Any, log: int) -> list[RefusedRow]:
        """Each refused entry that still has its bytes, in log order."""
        ...

    def damaged_entries(
        self, connection: Any, log: int, generation: int, first: int, stop: int
    ) -> list[int]:
        """Indices first ≤ index < stop whose bytes are not those that were hashed."""
        ...

    def restore_entry(
        self, connection: Any, log: int, generation: int, index: int, data: bytes
    ) -> bool:
        """Put back the bytes of an entry; False, and nothing changed, where its hash differs."""
        ...

    def damaged_bodies(
        self, connection: Any, log: int, generation: int, first: int, stop: int
    ) -> list[tuple[int, str]]:
        """Index and name of each body of these entries that is there and does not open."""
        ...

    def restore_body(  # noqa: PLR0917  the place, then the body, as everywhere here
        self,
        connection: Any,
        log: int,
        generation: int,
        index: int,
        name: str,
        salt: bytes,
        content: bytes,
    ) -> bool:
        """Put a body in the place of one that is there; False where none is, or it was erased."""
        ...


class MisbehaviourStore(Protocol):
    """What shows that a peer contradicts itself (spec/misbehaviour.md)."""

    def put_contradiction(self, connection: Any, row: ContradictionRow) -> bool:
        """Keep two notes that contradict each other; False where they were kept already."""
        ...

    def contradictions(self, connection: Any, peer: str) -> list[ContradictionRow]:
        """All of a peer's, in the order of finding."""
        ...

    def put_stray(self, connection: Any, peer: str, note: bytes) -> None:
        """Keep a peer's checkpoint that nothing explains yet; once, however often it comes."""
        ...

    def strays(self, connection: Any, peer: str) -> list[bytes]:
        """All that were kept of a peer."""
        ...
