"""A service item (政务服务事项) as the competent authority publishes it.

The canonical bytes of an item are its document; a case pins their digest, so a running case never
changes rules under people's feet. Field names follow GB/T 39046-2020 where it has one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tongban.core import canonical
from tongban.core.cases.events import Mode
from tongban.core.document import parse_document
from tongban.core.faults import DocumentInvalid
from tongban.core.items.codes import (
    is_code,
    is_credit_code,
    is_implementation_code,
    is_place_code,
    owner_of,
)
from tongban.core.words import Words


class ItemType(StrEnum):
    """事项类型 (GB/T 39046-2020, A.1); which legal clock runs depends on it."""

    POWER = "00"  # 行政权力事项
    LICENCE = "01"  # 行政许可
    PENALTY = "02"  # 行政处罚
    COERCION = "03"  # 行政强制
    LEVY = "04"  # 行政征收
    BENEFIT = "05"  # 行政给付
    INSPECTION = "06"  # 行政检查
    CONFIRMATION = "07"  # 行政确认
    REWARD = "08"  # 行政奖励
    ADJUDICATION = "09"  # 行政裁决
    OTHER_POWER = "10"  # 其他类别事项
    PUBLIC_SERVICE = "20"  # 公共服务事项


class Audience(StrEnum):
    """服务对象 (GB/T 39046-2020, A.4)."""

    PERSON = "1"
    COMPANY = "2"
    INSTITUTION = "3"
    SOCIAL_ORGANISATION = "4"
    AUTHORITY = "5"
    OTHER = "6"


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


class ResultKind(StrEnum):
    """审批结果类型."""

    LICENCE = "licence"
    CERTIFICATE = "certificate"
    RECORD = "record"
    PAYMENT = "payment"


class Prefill(StrEnum):
    """What the applicant's own account already knows, so that nobody types it again."""

    PERSON_NAME = "person_name"
    RESIDENT_NUMBER = "resident_number"
    PHONE = "phone"
    ADDRESS = "address"
    ORGANISATION_NAME = "organisation_name"
    CREDIT_CODE = "credit_code"


@dataclass(frozen=True, kw_only=True, slots=True)
class Organisation:
    """The 实施主体; code: its 统一社会信用代码."""

    name: Words
    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """One of the 申请材料; code is unique in the item and names the body "material:<code>".

    original_check: in delegated intake the officer must have had the original in hand (原件核验).
    acceptance_standard: 受理标准. legal_basis: 要求提供材料的依据.
    """

    code: str
    name: Words
    medium: Medium
    necessity: Necessity
    source: MaterialSource
    acceptance_standard: Words
    legal_basis: Words
    original_check: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One allowed value of a field, with the words that people choose from."""

    value: str
    label: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """How one property of the form's schema is asked for; fields stand in display order."""

    name: str
    label: Words
    hint: Words | None = None
    prefill: Prefill | None = None
    options: tuple[Option, ...] = ()
    personal: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """JSON Schema 2020-12 of the body "application", and how its properties are shown.

    Two formats of our own: "resident-number" 公民身份号码 and "credit-code" 统一社会信用代码.
    """

    schema: dict[str, Any]
    fields: tuple[Field, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ModeOffer:
    """A way in which the item is handled across places; process: name of its definition."""

    mode: Mode
    process: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """法定办结时限 and 承诺办结时限, in working days from acceptance.

    legal_days is None where no law sets a limit; promised_days never exceeds it.
    """

    legal_days: int | None
    promised_days: int
    basis: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Fee:
    """What it costs, in fen, and on which basis."""

    amount_fen: int
    basis: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultDocument:
    """审批结果: what the applicant gets when the application is granted."""

    name: Words
    kind: ResultKind


@dataclass(frozen=True, kw_only=True, slots=True)
class DirectWay:
    """The competent authority's own channel, which no agreement's absence can close."""

    address: Words
    phone: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One item of one authority, as people look for it and officers handle it.

    code: 实施编码, 31 characters. place: GB/T 2260 code. competent: node name of the authority.
    visits: 到办事现场次数. fee: None where it is free. illustrative: values are made up for the
    demonstration and screens must say so.
    """

    code: str
    version: int
    name: Words
    summary: Words
    aliases: tuple[str, ...]
    keywords: tuple[str, ...]
    place: str
    competent: str
    organisation: Organisation
    type_code: ItemType
    audience: tuple[Audience, ...]
    conditions: tuple[Words, ...]
    materials: tuple[Material, ...]
    form: Form
    modes: tuple[ModeOffer, ...]
    limits: Limits
    result: ResultDocument
    direct_way: DirectWay
    visits: int
    legal_basis: tuple[Words, ...]
    fee: Fee | None = None
    illustrative: bool = False

    def process_for(self, mode: Mode) -> str | None:
        """Name of the process for this mode, or None where the item does not offer it."""
        return next((offer.process for offer in self.modes if offer.mode is mode), None)

    def material(self, code: str) -> Material | None:
        """The material with this code."""
        return next((line for line in self.materials if line.code == code), None)


def parse_item(mapping: Mapping[str, Any]) -> Item:
    """Read an item as its author wrote it; raises DocumentInvalid naming the field."""
    return check_item(parse_document(mapping, Item))


def read_item(document: bytes) -> Item:
    """Read an item's canonical document; raises NotCanonical or DocumentInvalid."""
    return check_item(canonical.decode(document, Item))


def item_document(item: Item) -> bytes:
    """The canonical bytes that are published and that travel with a case."""
    return canonical.encode(item)


def item_digest(item: Item) -> str:
    """What a case pins."""
    return canonical.digest(item_document(item))


def check_item(item: Item) -> Item:
    """The same item, when its fields agree with each other; raises DocumentInvalid."""
    _check_codes(item)
    _check_limits(item)
    _check_names("materials", [line.code for line in item.materials])
    _check_names("modes", [offer.mode for offer in item.modes])
    _check_form(item.form)
    if not item.modes:
        raise DocumentInvalid("modes", "an item is handled in at least one mode")
    return item


def _check_codes(item: Item) -> None:
    if not is_implementation_code(item.code):
        raise DocumentInvalid("code", "not an implementation code 实施编码 of 31 characters")
    if not is_credit_code(item.organisation.code):
        raise DocumentInvalid("organisation.code", "the check character does not fit (GB 32100)")
    if owner_of(item.code) != item.organisation.code:
        raise DocumentInvalid("organisation.code", "the code belongs to another organisation")
    if not is_place_code(item.place):
        raise DocumentInvalid("place", "not a place code of 6 digits (GB/T 2260)")


def _check_limits(item: Item) -> None:
    limits = item.limits
    if limits.promised_days < 0 or (limits.legal_days or 0) < 0 or item.visits < 0:
        raise DocumentInvalid("limits", "days and visits cannot be negative")
    if limits.legal_days is not None and limits.promised_days > limits.legal_days:
        raise DocumentInvalid("limits.promised_days", "a promise may only shorten the legal limit")
    if item.fee is not None and item.fee.amount_fen <= 0:
        raise DocumentInvalid("fee.amount_fen", "a fee is above 0; leave it out where it is free")


def _check_form(form: Form) -> None:
    properties = form.schema.get("properties")
    if not isinstance(properties, dict):
        raise DocumentInvalid("form.schema.properties", "the form's schema describes an object")
    names = [field.name for field in form.fields]
    _check_names("form.fields", names)
    for name in sorted(set(names) ^ properties.keys()):
        raise DocumentInvalid("form.fields", f"{name} is not in both the schema and the fields")


def _check_names(field: str, values: Iterable[str]) -> None:
    for value, times in Counter(values).items():
        if times > 1:
            raise DocumentInvalid(field, f"{value} appears {times} times")
        if not is_code(value):
            raise DocumentInvalid(field, f"{value} is not printable ASCII, and entries name it")
