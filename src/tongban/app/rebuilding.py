"""`tongban rebuild`: on a stopped node, with a progress bar."""

from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tongban.app.composition import build_node, load
from tongban.app.pages import prepare_pages
from tongban.node.instance_lock import instance_lock
from tongban.node.rebuild import rebuild


def rebuild_folder(root: Path, *, show_progress: bool) -> int:
    """Fold states and read models again; how many entries were folded."""
    folder, settings, secrets = load(root)
    with instance_lock(folder.root):
        _, database, projectors = prepare_pages(folder, settings, secrets)
        node = build_node(folder, settings, secrets, database, projectors=projectors)
        with node.kernel.database.read() as connection:
            total = node.kernel.store.journal_size(connection)
        columns = (TextColumn("folding"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, disable=not show_progress) as bar:
            task = bar.add_task("folding", total=total)
            return rebuild(node.kernel, lambda folded: bar.update(task, completed=folded))
