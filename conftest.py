"""What holds for every test of the repository."""

import pytest
from hypothesis import settings

pytest_plugins = ["tests.postgresql"]

# Timing never decides a test: the machine may be busy with something else.
settings.register_profile("tongban", deadline=None)
settings.load_profile("tongban")

#: What a person still reads in the name of a test.
_READABLE = 80


def pytest_make_parametrize_id(
    config: pytest.Config,  # noqa: ARG001 - the hook's own names
    val: object,
    argname: str,
) -> str | None:
    """Name long values by their length.

    Their content may differ between two workers (an archive holds the order of a set), and then
    neither runs anything.
    """
    if isinstance(val, bytes | str) and len(val) > _READABLE:
        return f"{argname}-of-{len(val)}"
    return None
