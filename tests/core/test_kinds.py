"""Every kind is looked through once, whoever asks first."""

import subprocess
import sys
from dataclasses import dataclass

import msgspec
import pytest

from tongban.core.kinds import converted, decoder_of


@dataclass(frozen=True)
class _Stamp:
    number: int


def test_a_kind_has_one_decoder() -> None:
    assert decoder_of(_Stamp) is decoder_of(_Stamp)
    assert decoder_of(_Stamp).decode(b'{"number":7}') == _Stamp(7)


def test_plain_data_becomes_a_value_of_the_kind_or_an_error() -> None:
    assert converted({"number": 7}, _Stamp) == _Stamp(7)
    assert converted([{"number": 7}], list[_Stamp]) == [_Stamp(7)]
    with pytest.raises(msgspec.ValidationError):
        converted({"number": "seven"}, _Stamp)


@pytest.mark.parametrize("way", ["read", "convert"])
def test_threads_may_use_a_kind_for_the_first_time_together(way: str) -> None:
    command = [sys.executable, "-m", "tests.core.first_use", way]
    assert subprocess.run(command, check=False).returncode == 0
