"""What must hold of a case in the end, whatever happened on its way."""

from base64 import b64decode
from functools import partial

from tests.journeys.processes import one_worker_runs, within

from tongban.app.demo.federation import Federation
from tongban.node.bundles.trust import read_trust
from tongban.node.bundles.verify import verify_bundle

_COSIGNED_SECONDS = 20


def effects_of(federation: Federation, node: str, case: str) -> list[str]:
    """What took effect of a case at a city, in the order in which the city came to it."""
    shown = federation.ask(node, "case.show", case=case)
    return [entry["type"] for entry in shown["entries"] if not entry["refused"]]


def is_sound(federation: Federation, node: str, case: str) -> bool:
    """Whether one worker serves the city, and its evidence of the case comes to be proven."""
    return one_worker_runs(federation, node) and within(
        _COSIGNED_SECONDS, partial(_is_proven, federation, node, case)
    )


def _is_proven(federation: Federation, node: str, case: str) -> bool:
    trust = read_trust(federation.ask(node, "peer.keys")["trust"])
    exported = federation.ask(node, "evidence.export", case=case, bodies=True)
    return verify_bundle(b64decode(exported["bundle"]), trust).verified
