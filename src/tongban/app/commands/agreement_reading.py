"""Reading agreements: `tongban agreement list | show | explain`."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from tongban.app.commands.terminal import FolderOption, JsonOption, answer, run, say, table

Document = Annotated[
    str, typer.Argument(help="The document's digest, or its first digits, as `list` shows them.")
]
_DIGEST = re.compile(r"sha256:[0-9a-f]+|[0-9a-f]{4,64}")
#: More items of a grant than this are counted; --json has every one.
_ITEMS_SHOWN = 40


def names_document(given: str) -> bool:
    """Whether a digest was given, or part of one, and not a file that lies here."""
    return bool(_DIGEST.fullmatch(given)) and not Path(given).exists()


def list_(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """List agreements and instruments with how each stands today and how long it lasts."""
    found = run(folder, "agreement.list")
    rows = [
        [
            line["short"],
            f"{line['number']} v{line['version']}" if line["version"] else line["number"],
            line["title"],
            line["partner"],
            line["standing"],
            "" if line["days_left"] is None else str(line["days_left"]),
        ]
        for line in found
    ]
    columns = ["document", "number", "agreement", "partner", "standing", "days left"]
    empty = "No agreement yet; `tongban agreement import FILE` lays one before a partner."
    answer(found, as_json=as_json, human=lambda: table(columns, rows, empty))


def show(
    document: Document,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Read an agreement: what the software enforces, how it stands, and every clause."""
    shown = run(folder, "agreement.show", {"document": document})

    def human() -> None:
        for line in (*_head(shown), *_given(shown), *_terms(shown)):
            say(line)
        for clause in shown["clauses"]:
            mark = "[enforced]" if clause["enforced"] else "[words only]"
            say(f"\n{clause['number']} {clause['title']} {mark}\n{clause['text']}")

    answer(shown, as_json=as_json, human=human)


def _head(shown: dict[str, Any]) -> Iterator[str]:
    version = f" v{shown['version']}" if shown["kind"] == "agreement" else ""
    yield f"《{shown['title']}》 {shown['number']}{version}"
    if shown["illustrative"]:
        yield "Made up for demonstration."
    yield shown["document"]
    yield f"{'、'.join(shown['parties'])}  {shown['valid'][0]} — {shown['valid'][1]}"
    for line in shown["standing"]:
        left = "" if line["days_left"] is None else f"; days left: {line['days_left']}"
        yield f"With {line['partner']}: {line['standing']}{left}"
        if line["signed"]:
            yield f"  signed by {', '.join(line['signed'])}"
    for party in shown.get("signatories", ()):
        yield f"Party {party['node']} ({party['level']}), signed for by {party['office']}"
    if shown.get("sign_by"):
        yield f"To be signed until {shown['sign_by']}"
    if shown.get("depositary"):
        yield f"Depositary: {shown['depositary']}"
    if shown.get("supersedes"):
        yield f"Takes the place of {shown['supersedes']}"
    for digest in shown.get("supersedes_also", ()):
        yield f"and of {digest}"


def _given(shown: dict[str, Any]) -> Iterator[str]:
    """Who gives what to whom, clause by clause."""
    for grant in shown["grants"]:
        givers = f"{grant['granter']} to {grant['grantee']}" if grant["granter"] else "all to all"
        yield f"\nClause {grant['clause']}: {givers}"
        yield f"  powers: {', '.join(grant['powers'])}; modes: {', '.join(grant['modes'])}"
        if grant["daily_limit"]:
            yield f"  at most {grant['daily_limit']} intakes a day"
        yield f"  items: {len(grant['items'])}"
        for item in grant["items"][:_ITEMS_SHOWN]:
            yield f"    {item['code']} {item['name']}".rstrip()
        if len(grant["items"]) > _ITEMS_SHOWN:
            yield f"    and {len(grant['items']) - _ITEMS_SHOWN} more; --json has every one"


def _terms(shown: dict[str, Any]) -> Iterator[str]:
    if shown["kind"] != "agreement":
        return
    yield f"\nCases under way when it ends: {shown['run_off']}"
    for line in shown["notices"]:
        yield f"Notice of {line['matter']}: {line['days']} days (clause {line['clause']})"
    for line in shown["leg_limits"]:
        days = f"{line['working_days']} working days"
        yield f"Time for {line['leg']}: {days} (clause {line['clause']})"
    for line in shown["consents"]:
        yield (
            f"Consent of {line['name']} ({line['granter']}) to {len(line['items'])} items, "
            f"given on {line['given_on']}"
        )
    for line in shown["reviews"]:
        yield f"Legality review for {line['party']}: {line['number']} of {line['reviewed_on']}"
    for line in shown["publications"]:
        yield f"To be published by {line['party']} in {line['where']} until {line['publish_by']}"


def explain(
    item: Annotated[str, typer.Option("--item", help="The item's implementation code.")],
    partner: Annotated[str, typer.Option("--partner", help="The partner's node name.")],
    mode: Annotated[
        str, typer.Option("--mode", help="all_online or delegated_intake. Default: both.")
    ] = "",
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Say what may be done for the other place on an item now, and under which clause.

    An item of ours: what the partner may do. An item of the partner: what this node may do. Both
    where both are granted.
    """
    arguments = {"item": item, "partner": partner, "mode": mode}
    found = run(folder, "agreement.explain", arguments)

    def human() -> None:
        say(f"{found['name'] or 'an item that is not known here'} {found['item']}")
        if found["withdrawn"]:
            say("This item was withdrawn and takes nothing new.")
        for way in (found, *found["also"]):
            say(f"{way['grantee']} in the name of {way['granter']}, at {found['at']}")
            for each in way["answers"]:
                say(_explained(each))
        say(_direct_way(found["direct_way"]))

    answer(found, as_json=as_json, human=human)


def _explained(each: dict[str, Any]) -> str:
    what = f"{each['mode']} {each['power']}:"
    if each["allowed"]:
        left = each["left_today"]
        limited = "" if left is None else f"; {left} more intakes can be sent today"
        return f"{what} yes, under {_clause(each['basis'])}{limited}"
    if each["basis"]:
        return f"{what} granted, but not carried out by this software: {_clause(each['basis'])}"
    stopped = "".join(f" {_clause(line)} ({line['ground']})." for line in each["stopped"])
    refused = f"{what} no.{stopped} {each['refusal']['why']['en']}"
    needed = each["needed"]
    if needed is None:
        return refused
    return f"{refused} Needed: a clause in which {needed['granter']} grants exactly this."


def _clause(line: dict[str, str]) -> str:
    return f"《{line['title']}》 {line['clause']}"


def _direct_way(way: dict[str, Any] | None) -> str:
    if way is None:
        return "Anyone may apply to the competent authority directly; nothing here can close that."
    online = "; online by the applicant's own right" if way["online"] else ""
    return (
        f"Anyone may apply directly to {way['organisation']['en']}: {way['address']['en']}, "
        f"{way['phone']}, {way['url']}{online}. Nothing here can close that."
    )
