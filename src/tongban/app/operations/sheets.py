"""This node's own items as spreadsheets: `tongban item export | import | publish`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tongban.app.control import Arguments, OperationFailed, OperationRefused
from tongban.app.operations.desk import OPERATOR, OperatorDesk
from tongban.app.operations.items import day_of
from tongban.app.outputs import check_output
from tongban.catalogue.sheets.archive import check_size
from tongban.catalogue.sheets.csv_writing import write_csv
from tongban.catalogue.sheets.mistakes import SheetFault
from tongban.catalogue.sheets.rows import book_of
from tongban.catalogue.sheets.xlsx_writing import write_export
from tongban.core.items.succession import holding_on
from tongban.node.faults import ItemsChanged

if TYPE_CHECKING:
    # Models can be imported only when Django is set up.
    from tongban.workbench.catalogue_imports import Complaint
    from tongban.workbench.models import CatalogueImport

_WRITERS = {"xlsx": write_export, "csv": write_csv}


def export(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Write every item of this node into a file."""
    write = _WRITERS.get(arguments["format"])
    if write is None:
        raise OperationRefused(
            f"there is no format {arguments['format']}; choose {' or '.join(_WRITERS)}"
        )
    check_output(Path(arguments["file"]))
    day = _day_to_come(desk.node.published.today(), arguments.get("on", ""))
    own = desk.node.own.versions()
    book = book_of([holding_on(own[code], day) for code in sorted(own)], desk.tell)
    Path(arguments["file"]).write_bytes(write(book))
    return {"file": arguments["file"], "items": len(own)}


def _day_to_come(today: date, text: str) -> date:
    day = day_of(text, today)
    if day < today:
        raise OperationRefused(
            f"{day} has passed, and what stood then cannot be changed; `tongban item show ITEM "
            f"--on {day}` shows it"
        )
    return day


def import_items(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Check a file, and keep it as the draft where nothing is wrong and it is not a dry run."""
    from tongban.workbench.catalogue_imports import (  # noqa: PLC0415 - Django is set up
        changes_of,
        complaints_of,
        import_file,
    )

    path = Path(arguments["file"])
    if arguments["report"]:
        check_output(Path(arguments["report"]))
    try:
        check_size(path.stat().st_size)
        kept = import_file(
            path.read_bytes(),
            path.name,
            officer=None,
            keep=not arguments["dry_run"],
            tell=desk.tell,
        )
    except SheetFault as fault:
        raise OperationFailed(str(fault)) from fault
    report = arguments["report"]
    if report and kept.report:
        Path(report).write_bytes(kept.report)
    return _told(kept, report) | {
        "replaced_later": [
            {"item": each.item.code, "version": later.version, "from": str(later.effective_from)}
            for each in changes_of(kept)
            for later in each.later
        ],
        "mistakes": [_mistake(each) for each in complaints_of(kept)],
    }


def _told(kept: "CatalogueImport", report: str) -> dict[str, Any]:
    return {
        "ok": not kept.mistakes,
        "draft": kept.token if kept.state == "draft" else "",
        "items": kept.items,
        "new": kept.added,
        "changed": kept.changed,
        "unchanged": 0 if kept.mistakes else kept.items - kept.added - kept.changed,
        "report": report if kept.report else "",
    }


def _mistake(each: "Complaint") -> dict[str, Any]:
    return {
        "sheet": each.sheet,
        "sheet_en": each.sheet_meaning,
        "row": each.row,
        "column": each.heading,
        "column_en": each.heading_meaning,
        "cell": each.cell,
        "item": each.item,
        "what": each.what.en,
        "what_zh": each.what.zh,
        "remedy": each.remedy.en if each.remedy else "",
        "remedy_zh": each.remedy.zh if each.remedy else "",
    }


def publish(_desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Publish the draft."""
    from tongban.workbench.catalogue_imports import (  # noqa: PLC0415 - Django is set up
        DraftGone,
        current_draft,
        publish_draft,
    )

    draft = current_draft()
    if draft is None:
        raise OperationRefused(
            "there is no draft to be published; `tongban item import FILE` makes one"
        )
    try:
        publish_draft(draft, OPERATOR)
    except DraftGone as gone:
        raise OperationRefused(
            "the draft was published or replaced meanwhile; look at `tongban item list`"
        ) from gone
    except ItemsChanged as changed:
        raise OperationRefused(str(changed)) from changed
    return {"published": draft.added + draft.changed, "file": draft.file_name}
