"""The `tongban` command."""

import sys
from importlib import import_module

import typer

from tongban.app.log_lines import configure_logs

#: Each command, and where it stands below `commands`. Only the one that is asked for is imported:
#: most bring a whole node with them, and a search should not wait for it.
COMMANDS = {
    "init": "node:init",
    "serve": "node:serve",
    "demo": "demo:demo",
    "search": "search:search",
    "place": "place:place",
    "bench": "bench:app",
    "conform": "conform:conform",
    "simulate": "simulate:simulate",
    "doctor": "node:doctor",
    "status": "node:status",
    "rebuild": "node:rebuild",
    "repair": "repair:repair",
    "demand": "demand:demand",
    "ferry": "node:ferry",
    "backup": "recovery:backup",
    "restore": "recovery:restore",
    "verify": "recovery:verify",
    "recover": "recovery:recover",
    "peer": "peer:app",
    "key": "key:app",
    "agreement": "agreement:app",
    "negotiation": "negotiation:app",
    "inquiry": "inquiry:app",
    "case": "case:app",
    "evidence": "evidence:app",
    "guest": "guest:app",
    "item": "item:app",
    "catalogue": "catalogue:app",
    "mandate": "mandate:app",
    "standard": "standard:app",
    "advice": "advice:app",
    "person": "person:app",
    "connector": "connector:app",
}


def command_line(only: str = "") -> typer.Typer:
    """The whole command line, or the one command that is asked for."""
    app = typer.Typer(
        name="tongban",
        help="通办: governments that cannot command each other serve each other's people.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    # Without it, a command that stands alone would not be called by its name.
    app.callback()(lambda: None)
    for name, where in COMMANDS.items():
        if only in ("", name):
            _add(app, name, where)
    return app


def main() -> None:
    """Entry point of the console script."""
    configure_logs()
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    command_line(asked if asked in COMMANDS else "")()


def _add(app: typer.Typer, name: str, where: str) -> None:
    module, _, attribute = where.partition(":")
    found = getattr(import_module(f"tongban.app.commands.{module}"), attribute)
    if isinstance(found, typer.Typer):
        app.add_typer(found, name=name)
    else:
        app.command(name=name)(found)


if __name__ == "__main__":
    main()
