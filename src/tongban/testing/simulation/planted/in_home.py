"""What only the home log shows (spec/channels.md, "Home log")."""

from collections.abc import Sequence

from tongban.testing.simulation.planted.bug import Bug

_GENERATIONS = "tongban.node.generations"

IN_HOME: Sequence[Bug] = (
    Bug(
        name="home_goes_on_in_its_generation",
        module=_GENERATIONS,
        before="    _open_home(work, start)\n    if work.keys_to_open",
        after="""    if work.head(work.home_log()) is None:
        _open_home(work, start)
    if work.keys_to_open""",
        rule="Every start opens a new generation of the home log at once.",
        breaks="After an old backup was put back, a home log gets a second history.",
    ),
    Bug(
        name="home_opening_commits_to_less",
        module=_GENERATIONS,
        before="""    event = HomeOpened(
        number=number,
        start=start,
        previous_origin=head.origin if head else "",
        previous_size=head.size if head else 0,""",
        after="""    event = HomeOpened(
        number=number,
        start=start,
        previous_origin=head.origin if head else "",
        previous_size=max(head.size - 1, 0) if head else 0,""",
        rule="The first entry of a home generation commits to the last checkpoint before it.",
        breaks="The end of the older home log can be cut off, and nobody sees it.",
    ),
    Bug(
        name="the_home_log_is_signed_under_the_oldest_keys",
        module="tongban.node.signing",
        before="signer = kernel.identity.signer.of(statement.keys)",
        after="""at_home = statement.origin.split("/")[1] == "home"
    signer = kernel.identity.signer.of(1 if at_home else statement.keys)""",
        breaks="Whoever stole the old keys signs home logs after they were changed.",
    ),
)
