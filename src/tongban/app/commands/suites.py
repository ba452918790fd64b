"""The option that names a suite of algorithms."""

from typing import Annotated

import typer

from tongban.evidence.suites import SUITES


def _known(name: str) -> str:
    if name and name not in SUITES:
        raise typer.BadParameter(f"{name} is no suite; there are {', '.join(SUITES)}")
    return name


SuiteOption = Annotated[
    str,
    typer.Option(
        "--suite",
        metavar="SUITE",
        callback=_known,
        help="Algorithms of the new keys: ed25519-sha256, or sm2-sm3 of the Chinese standards.",
    ),
]
