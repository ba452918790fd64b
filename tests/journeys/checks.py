"""What must hold of a case in the end, whatever happened on its way."""

from base64 import b64decode
from functools import partial

from tests.journeys.processes import one_worker_runs, within

from tongban.app.demo.federation import Federation
from tongban.node.bundles.trust import read_trust
from tongban.node.bundles.verify import verify_bundle

_PATIENCE_SECONDS = 60


def effects_of(federation: Federation, node: str, case: str) -> list[str]:
    """What took effect of a case at a city, in the order in which the city came to it."""
    shown = federation.ask(node, "case.show", case=case)
    return [entry["type"] for entry in shown["entries"] if not entry["refused"]]


def is_sound(federation: Federation, node: str, case: str) -> bool:
    """Whether one worker serves the city, and its evidence of the case comes to be proven."""
    is_proven = partial(_is_proven, federation, node, case)
    return (
        within(_PATIENCE_SECONDS, partial(one_worker_runs, federation, node))
        and within(_PATIENCE_SECONDS, partial(is_proven, bodies=False))
        and is_proven(bodies=True)
    )


def _is_proven(federation: Federation, node: str, case: str, *, bodies: bool) -> bool:
    trust = read_trust(federation.ask(node, "peer.keys")["trust"])
    exported = federation.ask(node, "evidence.export", case=case, bodies=bodies)
    return verify_bundle(b64decode(exported["bundle"]), trust).verified
