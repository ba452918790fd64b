"""The `tongban` command."""

import typer

from tongban.app.commands import (
    agreement,
    case,
    connector,
    evidence,
    item,
    key,
    node,
    peer,
    person,
    recovery,
)
from tongban.app.commands.demo import demo
from tongban.app.commands.repair import repair
from tongban.app.commands.simulate import simulate
from tongban.app.log_lines import configure_logs

app = typer.Typer(
    name="tongban",
    help="通办: governments that cannot command each other serve each other's people.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command()(node.init)
app.command()(node.serve)
app.command()(demo)
app.command()(simulate)
app.command()(node.doctor)
app.command()(node.status)
app.command()(node.rebuild)
app.command()(repair)
app.command()(node.ferry)
app.command()(recovery.backup)
app.command()(recovery.restore)
app.command()(recovery.verify)
app.command()(recovery.recover)
app.add_typer(peer.app, name="peer")
app.add_typer(key.app, name="key")
app.add_typer(agreement.app, name="agreement")
app.add_typer(case.app, name="case")
app.add_typer(evidence.app, name="evidence")
app.add_typer(item.app, name="item")
app.add_typer(person.app, name="person")
app.add_typer(connector.app, name="connector")


def main() -> None:
    """Entry point of the console script."""
    configure_logs()
    app()


if __name__ == "__main__":
    main()
