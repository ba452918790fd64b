"""Vectors kept in a folder, because a model takes seconds for what was read before."""

import hashlib
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tongban.search.meaning import TextModel

_SUFFIX = ".vectors"


class KeptModel:
    """A model that reads the same texts once; the folder may be deleted at any time."""

    def __init__(self, model: TextModel, folder: Path) -> None:
        self._model = model
        self._folder = folder

    @property
    def name(self) -> str:
        """See `TextModel.name`."""
        return self._model.name

    def vectors_of(self, texts: Sequence[str]) -> bytes:
        """See `TextModel.vectors_of`; where the folder cannot be written, they are made anew."""
        seen = hashlib.sha256("\0".join((self.name, *texts)).encode()).hexdigest()[:32]
        kept = self._folder / f"{seen}{_SUFFIX}"
        with suppress(OSError):
            return kept.read_bytes()
        vectors = self._model.vectors_of(texts)
        with suppress(OSError):
            self._keep(kept, vectors)
        return vectors

    def closeness(self, question: str, vectors: bytes) -> list[float]:
        """See `TextModel.closeness`."""
        return self._model.closeness(question, vectors)

    def _keep(self, kept: Path, vectors: bytes) -> None:
        """Written whole or not at all; those of other texts or models go."""
        with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as fresh:
            fresh.write(vectors)
        Path(fresh.name).replace(kept)
        for old in self._folder.glob(f"*{_SUFFIX}"):
            if old != kept:
                old.unlink()
