"""A node's name stands in headers, file names and key names: it must fit all of them."""

import pytest

from tongban.evidence.names import is_node_name


@pytest.mark.parametrize("name", ["suzhou", "a", "hefei.gov-ah.cn", "3301", "a" * 63])
def test_names_that_fit(name: str) -> None:
    assert is_node_name(name)


@pytest.mark.parametrize(
    "name", ["", "-suzhou", "suzhou.", "Suzhou", "苏州", "su zhou", "a/b", "suzhou\n", "a" * 64]
)
def test_names_that_do_not_fit(name: str) -> None:
    assert not is_node_name(name)
