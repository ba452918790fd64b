"""The register of legal obstacles (S14): what law keeps an item from crossing, until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tongban.core.document import parse_document
from tongban.core.faults import DocumentInvalid
from tongban.core.items.codes import is_basic_code, is_place_code
from tongban.core.items.explanation import Origin
from tongban.core.words import Words


class ObstacleKind(StrEnum):
    """What kind of rule stands in the way."""

    TERRITORIAL = "territorial"  # 属地管理
    NOT_RECOGNISED = "not_recognised"  # 电子材料、外地证照不互认
    IN_PERSON = "in_person"  # 必须本人到场
    ECONOMIC = "economic"  # 待遇、比例不同


@dataclass(frozen=True, kw_only=True, slots=True)
class Obstacle:
    """One rule that keeps one item from being handled across places.

    places: codes of the places between which it stands; empty for everywhere. until: None while
    nobody has said when it ends. changed_by: who must change the rule.
    """

    code: str
    basic_code: str
    kind: ObstacleKind
    law: Words
    what: Words
    changed_by: Words
    origin: Origin
    source: str = ""
    places: tuple[str, ...] = ()
    until: date | None = None
    illustrative: bool = False

    def stands(self, one: str, other: str, day: date) -> bool:
        """Whether it stands between two places on a day."""
        between = not self.places or {one, other} <= set(self.places)
        return between and (self.until is None or day <= self.until)


def parse_obstacle(mapping: Mapping[str, Any]) -> Obstacle:
    """Read an obstacle as its author wrote it; raises DocumentInvalid naming the field."""
    obstacle = parse_document(mapping, Obstacle)
    if not is_basic_code(obstacle.basic_code):
        raise DocumentInvalid("basic_code", "not a basic code of 12 digits")
    if not all(is_place_code(code) for code in obstacle.places):
        raise DocumentInvalid("places", "not a place code of 6 digits")
    return obstacle
