"""Whether the node can listen where its settings say."""

import errno
import socket

from tongban.app.settings import Settings
from tongban.channels.faults import DoorBlocked


def check_ports(settings: Settings) -> None:
    """Try each port for a moment; raises DoorBlocked."""
    _check(settings.pages.host, settings.pages.port, "pages")
    if settings.door is not None:
        _check(settings.door.host, settings.door.port, "door")


def try_port(host: str, port: int) -> None:
    """Listen there for a moment; raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind((host, port))


def _check(host: str, port: int, section: str) -> None:
    try:
        try_port(host, port)
    except OSError as error:
        raise DoorBlocked(_reason(error, host, port, section)) from error


def _reason(error: OSError, host: str, port: int, section: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} of {host} is in use by another program; stop it, or choose another port "
            f"as {section}.port in tongban.toml"
        )
    return (
        f"this node cannot listen on port {port} of {host} ({error.strerror or error}); mend "
        f"{section}.host or {section}.port in tongban.toml"
    )
