"""Who provides what the four lists use, and what nobody provides."""

from dataclasses import replace

import pytest

from tongban.core.items.lists import FourLists, ListLine, ProviderPlace, Share
from tongban.core.items.providers import NATION, Gap, Provider, resolve, resolve_line
from tongban.core.words import Words

from .examples import FUND

WORDS = Words(zh="甲", en="A")
LINE = ListLine(
    code="birth_record",
    name=WORDS,
    provider="health",
    at=ProviderPlace.PROVINCE,
    share=Share.CONDITIONAL,
)
PROVINCE = Provider(name=WORDS, kind="health", place="330000", offers=("birth_record",))
COUNTRY = replace(PROVINCE, place=NATION)


def test_the_nearest_provider_comes_first() -> None:
    everywhere = replace(LINE, at=ProviderPlace.COMPETENT)
    city = replace(PROVINCE, place=FUND.place)
    for known, found in (
        ((COUNTRY, PROVINCE, city), city),
        ((COUNTRY, PROVINCE), PROVINCE),
        ((COUNTRY,), COUNTRY),
    ):
        assert resolve_line(everywhere, FUND.place, known).provider == found


@pytest.mark.parametrize(
    ("line", "known", "gap"),
    [
        (LINE, (), Gap.NO_PROVIDER),
        (LINE, (replace(PROVINCE, place="340000"),), Gap.NO_PROVIDER),
        (LINE, (replace(PROVINCE, kind="tax"),), Gap.NO_PROVIDER),
        (LINE, (replace(PROVINCE, offers=("tax_record",)),), Gap.NOT_OFFERED),
        (replace(LINE, share=Share.NOT_SHARED), (PROVINCE,), Gap.NOT_SHARED),
        (replace(LINE, at=ProviderPlace.ANYWHERE), (PROVINCE,), Gap.NO_PROVIDER),
        (replace(LINE, at=ProviderPlace.NATION), (PROVINCE,), Gap.NO_PROVIDER),
    ],
)
def test_a_line_that_nobody_provides_is_a_gap_with_its_reason(
    line: ListLine, known: tuple[Provider, ...], gap: Gap
) -> None:
    resolution = resolve_line(line, FUND.place, known)
    assert (resolution.provider, resolution.gap) == (None, gap)


def test_every_used_line_of_an_item_is_resolved_and_no_produced_one() -> None:
    lists = FourLists(data_used=(LINE,), certificates_used=(LINE,), data_produced=(LINE,))
    assert len(resolve(replace(FUND, lists=lists), (PROVINCE,))) == 2
    assert resolve(replace(FUND, lists=None), (PROVINCE,)) == ()
