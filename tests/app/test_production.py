"""The production profile is refused wherever a node would run, and the reference says why."""

from collections.abc import Callable

import pytest
from tests.command_line import REPOSITORY

from tongban.app.composition import load
from tongban.app.production import MISSING, ProfileIncomplete
from tongban.app.reach import reach
from tongban.app.rebuilding import rebuild_folder
from tongban.app.serve import serve_folder
from tongban.app.settings import Folder

REFERENCE = (REPOSITORY / "docs/reference/settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "run",
    [
        lambda folder: load(folder.root),
        lambda folder: serve_folder(folder.root),
        lambda folder: rebuild_folder(folder.root, show_progress=False),
        lambda folder: reach(folder.root, "evidence.export", {"case": "x", "bodies": False}),
    ],
    ids=["load", "serve", "rebuild", "evidence export"],
)
def test_it_is_refused_before_anything_is_opened(
    folder: Folder, run: Callable[[Folder], object]
) -> None:
    text = folder.settings.read_text(encoding="utf-8")
    folder.settings.write_text(text.replace('"demo"', '"production"'), encoding="utf-8")
    folder.credential.unlink()
    with pytest.raises(ProfileIncomplete, match="does not start yet") as caught:
        run(folder)
    assert [part for part in MISSING if part not in str(caught.value)] == []
    assert not folder.database.exists()


@pytest.mark.parametrize("part", MISSING)
def test_each_missing_part_is_in_the_reference(part: str) -> None:
    assert f"- {part}\n" in REFERENCE
