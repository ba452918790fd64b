"""The system's Chromium, driven by Playwright; where there is none, checks are skipped loudly."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in _NAMES if (path := shutil.which(name))), None)
_ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
PHONE, DESK = (390, 844), (1280, 900)

#: Marks of every module whose tests need a browser.
NEEDS_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason=f"SKIPPED CHECKS: none of {', '.join(_NAMES)} is on the path"
    ),
]


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser that ends with its block."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
