"""What a node records for itself alone, on its home log."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tongban.core.entry import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeOpened(Event):
    """The first entry of a home generation, committing to the last known checkpoint."""

    number: int
    start: str
    previous_origin: str
    previous_size: int
    previous_root: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeKeyRotated(Event):
    """This node has new keys; the next home generation is signed under them.

    descriptor: digest of its new descriptor. number: of the new key set.
    """

    descriptor: str
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class IntentRecorded(Event):
    """What a person did for a partner whose line is not open yet; appended in order later.

    intent: its number. act: the command's name. peer: node name of the partner.
    """

    intent: str
    act: str
    peer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class IntentSettled(Event):
    """An intent was appended to its channel, or came back to the person with a ground."""

    intent: str
    ground: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonalDataRead(Event):
    """Somebody opened personal data: which body of which case, and for what purpose."""

    body: str
    purpose: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BodyErased(Event):
    """A body was erased with its salt; the commitment stays, so every proof still verifies.

    origin, index: the entry whose body it was, or that recorded the intent which carried it.
    """

    origin: str
    index: int
    body: str
    ground: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelCheckpointed(Event):
    """A channel log's checkpoint as this node knows it, anchored in the home log."""

    origin: str
    size: int
    root: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PeerPaired(Event):
    """An operator compared the fingerprint of a partner's descriptor and accepted it."""

    peer: str
    fingerprint: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelClosed(Event):
    """An operator ended the channel with a partner, until somebody pairs again."""

    peer: str
    ground: str


class SignedAs(StrEnum):
    """What somebody signed a checkpoint as: the log's writer, or the mirror that stores it."""

    WRITER = "writer"
    MIRROR = "mirror"


@dataclass(frozen=True, kw_only=True, slots=True)
class MisbehaviourNoticed(Event):
    """A partner signed two checkpoints of which an honest node signs one; both notes are kept.

    origin: of the log that both are about. Roots are hexadecimal. Of one size with two roots, or
    of two sizes where the larger tree does not begin with the smaller.
    """

    peer: str
    signed_as: SignedAs
    origin: str
    first_size: int
    first_root: str
    second_size: int
    second_root: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeDisputed(Event):
    """The partner's outcome differs from what this node computes from the same two logs.

    theirs and ours: the ground, or "" where the entry takes effect.
    """

    peer: str
    generation: int
    index: int
    theirs: str
    ours: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AccessGranted(Event):
    """A person or system of this node was given a role; number: its pseudonymous number."""

    number: str
    role: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemsPublished(Event):
    """An officer put versions of this node's own items into its catalogue.

    listings: digests of documents that name each item, its version and its document. items: how
    many they are.
    """

    listings: tuple[str, ...]
    items: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleIssued(Event):
    """An officer set a version of a rule; document: its digest.

    Partners are told of it afterwards, each on its channel.
    """

    number: str
    version: int
    document: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StandardIssued(RuleIssued):
    """An officer set a version of a common standard."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MandateIssued(RuleIssued):
    """An officer set a version of a list of items to open."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AdviceIssued(RuleIssued):
    """An officer set a version of a piece of advice."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AuthorisationRecorded(Event):
    """A written authorisation (授权委托书) to sign for this node lies in its files; no names.

    number: of the paper. office: code of the office that may sign by it, as actors state it in
    `role`. kinds: of agreement. from_day, until_day: first and last day, in China time. holder:
    number of the one officer whom the paper names, None where it is anybody's in that office. A
    scan of it comes as the body `authorisation`.
    """

    number: str
    office: str
    kinds: tuple[str, ...]
    from_day: str
    until_day: str
    holder: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AuthorisationRevoked(Event):
    """The written authorisation of this number counts no more."""

    number: str


class BindingAct(StrEnum):
    """What binds or frees the node's government, so that two officers confirm each by itself."""

    SIGN = "sign"
    LEAVE = "leave"
    TERMINATE = "terminate"


@dataclass(frozen=True, kw_only=True, slots=True)
class SigningConfirmed(Event):
    """An officer confirmed that this node should do an act; the actor says which officer.

    act: None is a signature, the one act that was confirmed when confirmations were few. last_day:
    that an end or an exit gives; None for a signature.
    """

    document: str
    act: BindingAct | None = None
    last_day: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionPowerRecorded(Event):
    """A written authorisation to decide single cases (一事一议) lies in the files; no names.

    number: of the paper. office: code of the office, as actors state it in `role`. items: codes, or
    empty for every item of this node. from_day, until_day: first and last day, in China time.
    """

    number: str
    office: str
    items: tuple[str, ...]
    from_day: str
    until_day: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionPowerRevoked(Event):
    """The written authorisation of this number allows no more one-off decisions."""

    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MissingPowerReported(Event):
    """An officer reports a power that no clause gives, for this node's supervisor to see.

    item: implementation code. partner: node name. power: the code of what is lacking.
    """

    item: str
    partner: str
    power: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ClockSkewNoticed(Event):
    """A partner's instant lies further from ours than the configured skew."""

    peer: str
    theirs: datetime
    skew_seconds: int
