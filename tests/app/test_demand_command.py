"""`tongban demand` reads from a running node what its people looked for in vain."""

import json
from urllib.parse import quote
from urllib.request import urlopen

from tests.command_line import ended, tongban

from tongban.app.settings import Folder, read_settings


def _search(folder: Folder, question: str) -> None:
    port = read_settings(folder).pages.port
    with urlopen(f"http://127.0.0.1:{port}/search/?q={quote(question)}") as answer:
        assert answer.status == 200


def test_what_was_looked_for_in_vain_is_listed_with_its_count(running: Folder) -> None:
    for _ in range(3):
        _search(running, "量子传送备案")
    _search(running, "芜湖的开具户籍类证明")
    told = json.loads(ended(tongban("demand", "--folder", running.root, "--json")).out)["demand"]
    assert [(line["lack"], line["count"]) for line in told] == [
        ("nothing_found", 3),
        ("not_offered", 1),
    ]
    assert told[0]["words"] == "备案"
    assert (told[1]["name"], told[1]["there"]) == ("开具户籍类证明", "340200")


def test_a_person_reads_it_as_a_table(running: Folder) -> None:
    _search(running, "量子传送备案")
    done = ended(tongban("demand", "--folder", running.root, "--words", "备案"))
    assert (done.code, "nothing found" in done.out) == (0, True)


def test_a_month_that_is_none_is_refused(running: Folder) -> None:
    done = ended(tongban("demand", "--folder", running.root, "--since", "2026-13"))
    assert done.code == 2
    assert "2026-11" in done.err
