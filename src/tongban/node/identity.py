"""Who a node is on its logs: names of origins and keys (spec/channels.md, "Names")."""

from dataclasses import dataclass

from tongban.channels.descriptors import KeySet, key_sets
from tongban.channels.keepers import Keeper, keeper_of
from tongban.channels.signed_messages import key_name
from tongban.evidence.key_sets import KeySets
from tongban.evidence.keys import VerifierKey
from tongban.evidence.signer import KeyPurpose
from tongban.evidence.suite import Suite
from tongban.evidence.suites import SUITES


def channel_origin(writer: str, reader: str, generation: int, start: str) -> str:
    """Origin of a channel log's generation; also the name under which its writer signs."""
    return f"{writer}/channel/{reader}/{generation}-{start}"


def home_origin(name: str, generation: int, start: str) -> str:
    """Origin of a home log's generation."""
    return f"{name}/home/{generation}-{start}"


def mirror_name(name: str) -> str:
    """The name under which a node cosigns what it has durably stored."""
    return f"{name}/mirror"


@dataclass(frozen=True, kw_only=True, slots=True)
class Peer:
    """A partner as its accepted descriptor presents it.

    sets: every key set that it ever had; number n stands at n - 1. serial: of the descriptor.
    speaks_from: number of the oldest set that may still sign its messages.
    """

    name: str
    sets: tuple[KeySet, ...]
    serial: int
    speaks_from: int

    @property
    def suite(self) -> Suite:
        """The suite of its newest keys."""
        return SUITES[self.sets[-1].suite]

    @property
    def sealing_key(self) -> bytes:
        """What is sealed to it now."""
        return self.sets[-1].keys.sealing

    def checkpoint_key(self, origin: str, number: int) -> VerifierKey:
        """What the partner's checkpoints of a generation under this key set verify under."""
        return self.sets[number - 1].verifier_key(KeyPurpose.LOG, origin)

    def checkpoint_keys(self, origin: str) -> tuple[VerifierKey, ...]:
        """What its checkpoints of one generation may verify under, one for each key set."""
        return self._keys(KeyPurpose.LOG, origin)

    def message_keys(self) -> tuple[VerifierKey, ...]:
        """What its messages verify under, by key sets that may still speak."""
        return self._keys(KeyPurpose.LOG, key_name(self.name))[self.speaks_from - 1 :]

    def cosignature_keys(self) -> tuple[VerifierKey, ...]:
        """What its cosignatures verify under, one for each key set."""
        return self._keys(KeyPurpose.MIRROR, mirror_name(self.name))

    def _keys(self, purpose: KeyPurpose, name: str) -> tuple[VerifierKey, ...]:
        return tuple(each.verifier_key(purpose, name) for each in self.sets)


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """This node: its name and the key sets that speak for it; keeper: who keeps or kept it."""

    name: str
    signer: KeySets
    keeper: Keeper | None = None

    def suite_of(self, number: int) -> Suite:
        """The suite of a key set, and so of the logs that it signs."""
        return self.signer.of(number).suite

    @property
    def suite(self) -> Suite:
        """The suite of its newest keys."""
        return self.signer.suite

    @property
    def kept_by(self) -> str:
        """Name of the node whose people hold the newest keys, "" where its own people do."""
        return keeper_of(self.keeper, self.signer.number)

    def as_peer(self) -> Peer:
        """This node as its partners see it, to check what they give back."""
        sets = key_sets((*self.signer.earlier, self.signer), self.keeper)
        return Peer(name=self.name, sets=sets, serial=0, speaks_from=1)
