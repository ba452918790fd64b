"""Install what the browser and openssl checks need where that is possible, and say so where not.

The checks themselves skip loudly when their tool is missing; this script only tries to spare them.
"""

import os
import shutil
import subprocess
import sys

WANTED = {
    "chromium": ("chromium", "fonts-noto-cjk"),
    "openssl": ("openssl",),
}


def missing() -> list[str]:
    """Name the tools that are not on the path."""
    return [tool for tool in WANTED if shutil.which(tool) is None]


def install(tools: list[str]) -> None:
    """Install the Debian packages of the tools; a failure is reported, never fatal."""
    packages = [package for tool in tools for package in WANTED[tool]]
    steps = (["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", *packages])
    for step in steps:
        done = subprocess.run(step, check=False, capture_output=True, text=True)  # noqa: S603
        if done.returncode != 0:
            print(f"Could not run {' '.join(step)}: {done.stderr.strip()[-300:]}", file=sys.stderr)
            return


def main() -> None:
    """Try to install missing tools when running as root on Debian."""
    wanted = missing()
    if wanted and os.geteuid() == 0 and shutil.which("apt-get"):
        install(wanted)
    for tool in missing():
        print(f"SKIPPED CHECKS: no {tool} here; its tests will be skipped.", file=sys.stderr)


if __name__ == "__main__":
    main()
