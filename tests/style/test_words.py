"""Words that have no place in the tree, wherever they stand."""

import re
from pathlib import Path

#: Built from parts, so that this file does not contain what it forbids.
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + r")\b")
#: What follows a name, also a name to be filled in, is an origin and no path: {name}/…, <A>/….
MACHINE_PATH = re.compile(
    r"(?<![\w./>}-])/(" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me"]) + "/)"
)
REGISTRY_HOSTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "npm" + "mirror.com",
    "crates" + ".io",
    "golang" + ".org",
    "docker" + ".io",
    "ghcr" + ".io",
    "debian" + ".org",
]


def test_nothing_unfinished_is_left_in_the_tree(texts: dict[Path, str]) -> None:
    assert _lines_with(UNFINISHED, texts) == []


def test_no_path_of_somebodys_machine_is_in_the_tree(texts: dict[Path, str]) -> None:
    assert _lines_with(MACHINE_PATH, texts) == []


def test_no_download_host_is_named_in_the_tree(texts: dict[Path, str]) -> None:
    hosts = re.compile("|".join(re.escape(host) for host in REGISTRY_HOSTS), re.IGNORECASE)
    assert _lines_with(hosts, texts) == []


def _lines_with(pattern: re.Pattern[str], texts: dict[Path, str]) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()[:80]}"
        for path, text in texts.items()
        if pattern.search(text)
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]
