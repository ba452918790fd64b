"""A node that shall guess by meaning needs a model, and says so before it starts."""

import pytest

from tongban.app.settings import Folder, SettingsUnreadable, read_settings


@pytest.fixture(name="wanting")
def _a_folder_that_wants_it(folder: Folder) -> Folder:
    text = folder.settings.read_text(encoding="utf-8")
    wanted = text.replace("search_by_meaning = false", "search_by_meaning = true")
    folder.settings.write_text(wanted, encoding="utf-8")
    return folder


def test_without_a_model_the_settings_name_the_remedy(
    wanting: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tongban.search.models.MODELS", {"no_such_library": "nowhere"})
    with pytest.raises(SettingsUnreadable, match=r"pip install tongban\[meaning\]"):
        read_settings(wanting)


def test_with_a_model_it_is_taken(wanting: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tongban.search.models.MODELS", {"json": "nowhere"})
    assert read_settings(wanting).pages.search_by_meaning
