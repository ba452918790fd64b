"""What the composition root hands to Django."""

import subprocess
import sys

from django.conf import settings

from tongban.app.page_settings import handed_over


def test_django_seals_with_the_key_that_was_handed_over() -> None:
    assert handed_over().data_key == settings.TONGBAN_DATA_KEY


def test_keys_are_shown_nowhere() -> None:
    shown = repr(handed_over())
    assert "secret_key" not in shown
    assert "data_key" not in shown


def test_pages_without_a_node_do_not_start() -> None:
    started = subprocess.run(
        [sys.executable, "-c", "import tongban.app.django_settings"],
        capture_output=True,
        check=False,
        text=True,
    )
    assert started.returncode == 1
    assert "start the pages with `tongban serve`" in started.stderr
