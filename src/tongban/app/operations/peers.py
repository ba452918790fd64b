"""Meeting other nodes, and parting: `tongban peer show | add | list | close | erase`."""

from base64 import b64decode, b64encode
from datetime import timedelta
from typing import Any

from tongban.app.composition import descriptor_of
from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.desk import OPERATOR, OperatorDesk
from tongban.app.operations.ground import check_closing
from tongban.channels.descriptors import fingerprint, fingerprints, read_descriptor
from tongban.channels.faults import ChannelFault
from tongban.node.bundles.trust import encode_trust
from tongban.node.pairing import FingerprintDiffers


def show(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """This node's own descriptor and the fingerprint to read out on the telephone."""
    data = descriptor_of(desk.settings, desk.folder, desk.secrets.signer)
    descriptor = read_descriptor(data)
    return {
        "name": descriptor.name,
        "fingerprint": fingerprint(descriptor),
        "earlier": list(fingerprints(descriptor)[:-1]),
        "kept_by": descriptor.kept_by,
        "endpoints": [{"road": e.road, "address": e.address} for e in descriptor.endpoints],
        "descriptor": b64encode(data).decode(),
    }


def add(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Accept a descriptor whose fingerprint an operator compared."""
    data = b64decode(arguments["descriptor"])
    try:
        if read_descriptor(data).name == desk.node.name:
            raise OperationRefused(
                f"{desk.node.name} is this node itself; ask the partner's operator for the "
                "partner's own descriptor. Nothing was changed."
            )
        name = desk.node.pair(data, compared=arguments["fingerprint"])
    except FingerprintDiffers as fault:
        raise OperationRefused(
            f"{fault}. Ask the partner's operator once more by telephone; if it still differs, "
            "somebody may stand between you: do not pair. Nothing was changed."
        ) from fault
    except ChannelFault as fault:
        raise OperationRefused(
            f"{fault}. Ask the partner's operator for the descriptor again. Nothing was changed."
        ) from fault
    return {"name": name}


def close(desk: OperatorDesk, arguments: Arguments) -> Any:
    """End the channel with a partner until somebody pairs again."""
    check_closing(arguments["ground"])
    peer = arguments["peer"]
    returned = desk.node.close_channel(peer, actor=OPERATOR, ground=arguments["ground"])
    return {"name": peer, "closed": True, "returned": returned}


def erase_refused(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Erase at once what may go of what this node refused of a partner."""
    erased = desk.node.erase_refused(arguments["peer"], older_than=timedelta())
    return {"name": arguments["peer"], "erased": erased}


def keys(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """The keys of this node and its partners, as a trust file for `evidence verify`."""
    own = read_descriptor(descriptor_of(desk.settings, desk.folder, desk.secrets.signer))
    book = desk.node.kernel.peers
    return {"trust": encode_trust([own, *(book.descriptor(name) for name in book.names())])}


def list_peers(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Every partner and how the line to it stands."""
    return [
        {
            "name": row.peer,
            "line": row.status.value,
            "title": desk.node.kernel.peers.title(row.peer).zh,
            "kept_by": desk.node.kernel.peers.descriptor(row.peer).kept_by,
            "cosigned": f"{row.cosigned_generation}/{row.cosigned_size}",
        }
        for row in desk.node.channels()
    ]
