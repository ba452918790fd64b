"""Materials (申请材料) that an applicant hands in."""

from dataclasses import dataclass
from enum import StrEnum

from tongban.core.later import later
from tongban.core.words import Words


class Medium(StrEnum):
    """材料形式."""

    PAPER = "paper"
    ELECTRONIC = "electronic"
    EITHER = "either"


class Necessity(StrEnum):
    """材料必要性; a material that may follow (容缺后补) is due before the decision."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    MAY_FOLLOW = "may_follow"


class MaterialSource(StrEnum):
    """来源渠道."""

    APPLICANT = "applicant"
    AUTHORITY = "authority"
    OTHER = "other"


class MaterialKind(StrEnum):
    """材料类型: whether the paper itself is wanted, or a copy of it."""

    ORIGINAL = "original"
    COPY = "copy"
    ORIGINAL_OR_COPY = "original_or_copy"


@dataclass(frozen=True, kw_only=True, slots=True)
class Signatory:
    """Who has to sign (签字人), beside the applicant; each: whether several people, all of them.

    materials: codes of what they sign.
    """

    code: str
    name: Words
    each: bool
    materials: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """One of the 申请材料; code is unique in the item and names the body "material:<code>".

    original_check: in delegated intake the officer must have had the original in hand (原件核验).
    acceptance_standard: 受理标准. legal_basis: 要求提供材料的依据. needed_when: 何种情形需要.
    source_note: 来源渠道说明, who issues it. originals, copies: 原件份数, 复印件份数 on paper.
    blank_form, sample: file names of 空白表格 and 示例样表. filling_notes: 填报须知.
    """

    code: str
    name: Words
    medium: Medium
    necessity: Necessity
    source: MaterialSource
    acceptance_standard: Words
    legal_basis: Words
    original_check: bool = False
    kind: MaterialKind | None = later(None)
    needed_when: Words | None = later(None)
    source_note: Words | None = later(None)
    originals: int = later(0)
    copies: int = later(0)
    blank_form: str = later("")
    sample: str = later("")
    filling_notes: Words | None = later(None)
