"""What the composition root hands to Django."""

from pathlib import Path

import pytest

from tongban.app.page_settings import PageSettings, SettingsMissing

SETTINGS = PageSettings(
    database=Path("/data/tongban.db"),
    secret_key_file=Path("/data/keys/pages-secret"),
    data_key_file=Path("/data/keys/data"),
    allowed_hosts=("127.0.0.1", "pages.example"),
    https=False,
    demo=True,
)


def test_a_child_process_reads_what_its_parent_wrote() -> None:
    assert PageSettings.from_environment(SETTINGS.environment()) == SETTINGS


@pytest.mark.parametrize("name", list(SETTINGS.environment()))
def test_a_missing_setting_is_named(name: str) -> None:
    environment = SETTINGS.environment()
    del environment[name]
    with pytest.raises(SettingsMissing, match=name):
        PageSettings.from_environment(environment)
