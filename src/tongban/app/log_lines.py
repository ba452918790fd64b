"""How a node writes its log: plain lines on standard error, without anybody's data in them."""

import logging
import sys
from contextlib import suppress
from typing import TextIO, cast

import structlog

_FORMAT = "%(asctime)s [%(levelname)-8s] %(name)s: %(message)s"


def configure_logs() -> None:
    """Send every line, ours and the libraries', to standard error; call once, at the start.

    Tracebacks show no variables: those hold keys, and applications of people.
    """
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
            structlog.dev.ConsoleRenderer(
                colors=False, pad_event_to=0, exception_formatter=structlog.dev.plain_traceback
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", _StandardError())),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, format=_FORMAT, stream=sys.stderr, force=True)
    # That a page does not exist is no news, and an address may hold the token of a log-in link.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    # Whoever scans a network asks under any name, and the page that is shown says it all.
    logging.getLogger("django.security.DisallowedHost").setLevel(logging.CRITICAL)


class _StandardError:
    """A line that cannot be written, on a full disk, is lost: it must not end whoever wrote it."""

    def write(self, text: str) -> None:
        with suppress(OSError):
            sys.stderr.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            sys.stderr.flush()
