"""Settings of the tests: the product's own, with keys made up and a database of their own."""

import os
import tempfile
from pathlib import Path

from tongban.app.page_settings import PageSettings, hand_over

_folder = Path(tempfile.mkdtemp(prefix="tongban-tests-"))
# The browser's synchronous driver runs a loop in the test's own thread; no page is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
hand_over(
    PageSettings(
        database=_folder / "pages.sqlite",
        secret_key="made-up-" * 10,
        data_key=bytes(range(32)),
        allowed_hosts=("testserver", "127.0.0.1"),
        https=False,
        demo=True,
    )
)

# Django reads settings as the names of one module, so they have to be taken over as names.
from tongban.app.django_settings import *  # noqa: E402, F403

# The slow hash protects passwords, not tests.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
