"""The production profile: refuses what a demonstration allows, and names what is missing."""

from tongban.app.settings import Settings
from tongban.node.faults import NodeFault

#: What a node needs before people may depend on it, and this version does not have.
MISSING = (
    "a signer outside the process (PKCS#11, KMS or remote); this version keeps software keys",
    "a second suite, sm2-sm3, in certified modules",
    "log-in through the place's identity provider, and the three administrators' roles",
    "PostgreSQL with several workers",
    "witnesses for home logs",
    "a seal port (电子印章) for documents that the law wants sealed",
    "a malware scanner for uploads",
)


class ProfileIncomplete(NodeFault):
    """The production profile does not start; use profile = "demo" for trials without real data."""


def check_profile(settings: Settings) -> None:
    """Raise ProfileIncomplete, naming each missing part, unless this is a demonstration."""
    if settings.profile == "production":
        lines = "\n".join(f"  - {part}" for part in MISSING)
        raise ProfileIncomplete(
            'profile = "production" does not start yet. Missing in this version:\n'
            f'{lines}\nUse profile = "demo" for trials without real people\'s data.'
        )
