"""Who examines: a partner of its own name, with keys that serve for nothing else."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self

import msgspec

from tongban.channels.descriptors import Reads, Title, make_descriptor
from tongban.evidence.faults import Fault
from tongban.evidence.names import is_node_name
from tongban.evidence.signer import KeyPurpose, KeyRing
from tongban.evidence.suite import SEED_BYTES
from tongban.evidence.suites import SUITES

#: Of the place where no such node is: the whole country has it.
_JURISDICTION = "000000"
_SUFFIX_BYTES = 4


class RunnerUnreadable(Fault):
    """The file holds no keys of a runner; name another folder, or remove the file."""


class _Kept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    suite: str
    seeds: dict[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Runner:
    """The name and the keys under which a node is examined."""

    name: str
    suite_name: str
    seeds: Mapping[KeyPurpose, bytes] = field(repr=False)
    signer: KeyRing = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        suite = SUITES[self.suite_name]
        object.__setattr__(self, "signer", KeyRing.from_seeds(suite, self.seeds))

    @classmethod
    def make(cls, draw: Callable[[int], bytes], *, suite: str, name: str = "") -> Self:
        """A fresh one; without a name it gets one that no other has."""
        return cls(
            name=name or f"conform-{draw(_SUFFIX_BYTES).hex()}",
            suite_name=suite,
            seeds={purpose: draw(SEED_BYTES) for purpose in KeyPurpose},
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """The one that `to_bytes` gave; raises RunnerUnreadable."""
        try:
            kept = msgspec.json.decode(data, type=_Kept)
            seeds = {purpose: b64decode(kept.seeds[purpose.value]) for purpose in KeyPurpose}
        except (msgspec.MsgspecError, KeyError, ValueError) as error:
            raise RunnerUnreadable(f"these are not the keys of a runner: {error!r}") from error
        whole = {len(seed) for seed in seeds.values()} == {SEED_BYTES}
        if not (whole and kept.suite in SUITES and is_node_name(kept.name)):
            raise RunnerUnreadable(
                "these are not the keys of a runner: a name, suite or seed is none"
            )
        return cls(name=kept.name, suite_name=kept.suite, seeds=seeds)

    def to_bytes(self) -> bytes:
        """Name and keys, to be kept where their owner alone reads them."""
        seeds = {purpose.value: b64encode(seed).decode() for purpose, seed in self.seeds.items()}
        return msgspec.json.encode(_Kept(name=self.name, suite=self.suite_name, seeds=seeds))

    def descriptor(self) -> bytes:
        """What the operator of the node under test takes in; nobody can call the runner."""
        return make_descriptor(
            name=self.name,
            title=Title(zh="符合性检查程序", en="Conformance runner"),
            jurisdictions=(_JURISDICTION,),
            endpoints=(),
            # The lowest, so that a node must write what the oldest of its partners reads.
            reads=Reads(entries=(1,), messages=(1,)),
            serial=1,
            signer=self.signer,
        )
