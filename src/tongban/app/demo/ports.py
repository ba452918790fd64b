"""Whether the ports of a demonstration are free, before anything is made for them."""

from collections.abc import Iterable

from tongban.app.demo.cities import HOST, City
from tongban.app.demo.faults import DemonstrationStopped
from tongban.app.ports import try_port


def check_free(every: Iterable[City]) -> None:
    """Try each port of pages and doors for a moment; raises DemonstrationStopped."""
    for city in every:
        for port in city.ports:
            _check(port)


def _check(port: int) -> None:
    try:
        try_port(HOST, port)
    except OSError as error:
        raise DemonstrationStopped(
            f"port {port} of {HOST} cannot be had ({error.strerror}); stop the program that has "
            "it, or choose other ports with --port (make demo PORT=...): nine from there on for "
            "pages, and those a hundred further on for doors"
        ) from error
