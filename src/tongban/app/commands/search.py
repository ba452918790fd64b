"""`tongban search`: service items in plain words, out of the shipped catalogue."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from tongban.app.commands.place import divisions_of, unknown
from tongban.app.commands.terminal import UNREADABLE, JsonOption, answer, say, stop
from tongban.catalogue.other_authorities import OtherMatter
from tongban.node.clock import SystemClock
from tongban.search.finder import Found, Result, Wanted
from tongban.search.models import load_model
from tongban.search.shipped import shipped_finder

Query = Annotated[str, typer.Argument(help="What is wanted, in plain words.")]
From = Annotated[
    str, typer.Option("--from", metavar="CODE", help="Where the person is: code or name.")
]
For = Annotated[str, typer.Option("--for", metavar="CODE", help="Whose items alone: code or name.")]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="At most so many results.")]


def search(
    query: Query,
    here: From = "",
    there: For = "",
    limit: Limit = 10,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Find service items of the shipped catalogue in plain words; needs no node."""
    wanted = Wanted(text=query, here=_code(here), there=_code(there), binding=True, limit=limit)
    finder = shipped_finder(_cache(os.environ), SystemClock().now(), model=load_model())
    found = finder.find(wanted)
    told = {
        "results": [_told(found, result) for result in found.results],
        "other_authorities": [_matter(each) for each in found.elsewhere],
        "understood": {
            "words": found.question.words,
            "acts": [act.code for act in found.acts],
            "from": found.here,
            "for": found.there,
        },
    }
    answer(told, as_json=as_json, human=lambda: _say(found))


def _code(place: str) -> str:
    if not place:
        return ""
    divisions = divisions_of(place)
    if not divisions:
        stop(unknown(place), UNREADABLE)
    return divisions[0].code


def _cache(environment: Mapping[str, str]) -> Path:
    """Where the index is kept between two searches (XDG Base Directory)."""
    kept = environment.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - does not raise where nobody has a home
    return Path(kept) / "tongban" / "search"


def _told(found: Found, result: Result) -> dict[str, Any]:
    entry, standing = result.entry, result.standing
    not_the_same = found.not_the_same(result)
    return {
        "name": entry.name.zh,
        "name_en": entry.name.en,
        "item": entry.item,
        "basic": entry.basic,
        "place": entry.place,
        "organisation": entry.organisation.zh,
        "modes": list(entry.modes),
        "possible": standing.possible,
        "way": standing.way,
        "why": standing.why.zh,
        "why_en": standing.why.en,
        "remedy": standing.remedy.zh if standing.remedy else "",
        "direct_way": standing.direct.zh if standing.direct else "",
        "elsewhere": [each.place for each in result.others],
        "fit": round(result.fit, 3),
        "match": result.match,
        "not_the_same": not_the_same.zh if not_the_same else "",
    }


def _matter(matter: OtherMatter) -> dict[str, str]:
    return {
        "matter": matter.name.zh,
        "authority": matter.authority.zh,
        "site": matter.site,
        "law": matter.law.zh,
        "origin": "memory",
    }


def _say(found: Found) -> None:
    for matter in found.elsewhere:
        say(f"No place's catalogue has {matter.name.zh}: {matter.authority.zh}, {matter.site}")
        say(f"   {matter.law.zh} (from memory)")
    if not_in_the_list := found.not_in_the_list:
        say(not_in_the_list.zh)
    elif not found.results:
        say("Nothing fits. Try fewer words, or another word for it.")
    elif not found.offered:
        say("The place that was asked for offers nothing that fits; these are of other places.")
    elif not found.sure:
        say("Nothing fits altogether; one of these may be meant.")
    for number, result in enumerate(found.results, start=1):
        standing = result.standing
        say(f"{number}. {result.entry.name.zh}  {result.entry.organisation.zh}")
        for words in (found.not_the_same(result), standing.why, standing.remedy, standing.direct):
            if words:
                say(f"   {words.zh}")
