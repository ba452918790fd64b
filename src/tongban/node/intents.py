"""What people do for a partner while its line is not open yet (spec/channels.md, "Starts").

The command is decided at once, recorded with its instant, and appended in order when the
comparison is done; one that is no longer allowed then comes back to the person with the ground.
"""

import msgspec

from tongban.core.agreements import commands as agreement_commands
from tongban.core.cases import commands as case_commands
from tongban.core.catalogues import commands as catalogue_commands
from tongban.core.inquiries import commands as inquiry_commands
from tongban.core.kinds import decoder_of
from tongban.core.negotiations import commands as negotiation_commands
from tongban.core.records import commands as record_commands

_ROOMS = (
    case_commands,
    agreement_commands,
    catalogue_commands,
    negotiation_commands,
    inquiry_commands,
    record_commands,
)


def encode_command(command: object) -> bytes:
    """The command with its bodies, as kept (encrypted) until the line opens."""
    line = {"command": type(command).__name__, "fields": command}
    return msgspec.json.encode(line)


def decode_command(data: bytes) -> object:
    """Inverse of `encode_command`."""
    line = _LINE.decode(data)
    kinds = [getattr(room, line.command, None) for room in _ROOMS]
    kind = next(kind for kind in kinds if kind is not None)
    return decoder_of(kind).decode(line.fields)


class _Line(msgspec.Struct):
    command: str
    fields: msgspec.Raw


_LINE = msgspec.json.Decoder(_Line)
