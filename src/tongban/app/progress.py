"""One progress bar on standard error, for whoever waits at a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from tongban.node.audit.damage import Progress as Told

_COLUMNS = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())


@contextmanager
def progress_bar(*, show: bool) -> Iterator[Told]:
    """A function that is told what is being done, how much of it is done, and how much there is."""
    with Progress(
        *_COLUMNS,
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=not show,
        transient=True,
    ) as bar:
        task = bar.add_task("")

        def tell(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total)

        yield tell
