"""Whose hash the trees over logs are made with."""

from typing import Any, Protocol

from tongban.evidence.suite import Suite


class SuiteStore(Protocol):
    """The suite of each generation, which never changes in it (spec/evidence.md, "Suites")."""

    def suite_of(self, connection: Any, log: int, generation: int) -> Suite:
        """Of a generation that is here; raises BrokenInvariant where it is not."""
        ...
