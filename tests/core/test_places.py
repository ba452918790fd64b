"""Which node answers for which place, where partners say it themselves."""

from dataclasses import replace

from tongban.core.items.place import Place, with_partners
from tongban.core.words import Words


def place(code: str, node: str) -> Place:
    name = Words(zh=code, en=code)
    return Place(code=code, name=name, short=name, province=name, level="prefecture", node=node)


OWN, SHIPPED = place("320400", "changzhou.gov"), place("340100", "hefei.g60.demo")
ANQING = place("340800", "anqing.gov")


def test_a_partners_place_comes_after_those_that_are_known() -> None:
    assert with_partners((OWN, SHIPPED), (OWN.code,), (ANQING,)) == (OWN, SHIPPED, ANQING)


def test_a_partner_answers_for_a_place_that_ships_under_another_name() -> None:
    theirs = replace(SHIPPED, node="hefei.gov")
    assert with_partners((OWN, SHIPPED), (OWN.code,), (theirs,)) == (OWN, theirs)


def test_no_partner_takes_a_place_from_the_node_that_serves_it() -> None:
    assert with_partners((OWN,), (OWN.code,), (replace(OWN, node="anqing.gov"),)) == (OWN,)


def test_a_place_that_two_partners_claim_stays_with_the_known_one_or_the_first() -> None:
    other, third = replace(SHIPPED, node="a.gov"), replace(SHIPPED, node="b.gov")
    assert with_partners((OWN, SHIPPED), (), (other, SHIPPED)) == (OWN, SHIPPED)
    assert with_partners((OWN, SHIPPED), (), (other, third)) == (OWN, other)
