"""How a node writes its log: plain lines on standard error, without anybody's data in them."""

import logging
import sys
from typing import Any

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
                colors=False, exception_formatter=structlog.dev.plain_traceback
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=_standard_error,
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, format=_FORMAT, stream=sys.stderr, force=True)
    # That a page does not exist is no news, and an address may hold the token of a log-in link.
    logging.getLogger("django.request").setLevel(logging.ERROR)


def _standard_error(*_: Any) -> structlog.PrintLogger:
    return structlog.PrintLogger(sys.stderr)
