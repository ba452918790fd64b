"""The suites this version knows, by name and by key type; a new suite is one file and one line."""

from collections.abc import Mapping

from tongban.evidence.faults import UnreadableKey
from tongban.evidence.suite import SEED_BYTES, Suite
from tongban.evidence.suites.ed25519_sha256 import Ed25519Sha256
from tongban.evidence.suites.sm2_sm3 import Sm2Sm3

SUITES: Mapping[str, Suite] = {suite.name: suite for suite in (Ed25519Sha256(), Sm2Sm3())}

#: What new keys are of unless somebody says otherwise.
USUAL = Ed25519Sha256.name

SUITE_OF_KEY_TYPE: Mapping[bytes, Suite] = {
    key_type: suite
    for suite in SUITES.values()
    for key_type in (suite.note_type, suite.cosignature_type)
}


def is_usable(name: str) -> bool:
    """Whether this machine's libraries can make and use keys of the suite."""
    suite = SUITES[name]
    try:
        return suite.is_public(suite.public_key(suite.new_private(bytes(range(SEED_BYTES)))))
    except UnreadableKey:
        return False
