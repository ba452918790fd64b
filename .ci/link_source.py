"""Put src/ on the virtual environment's path and write its `tongban` command.

An editable install would fetch the build backend outside the hash-checked requirement files.
"""

import os
import sys
import sysconfig
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src"


def main() -> None:
    """Write tongban.pth and the console script into the running environment."""
    site = Path(sysconfig.get_paths()["purelib"])
    (site / "tongban.pth").write_text(f"{SOURCE}\n", encoding="utf-8")
    script = Path(sysconfig.get_paths()["scripts"]) / "tongban"
    script.write_text(
        f"#!{sys.executable}\nimport sys\n\nfrom tongban.app.cli import main\n\nsys.exit(main())\n",
        encoding="utf-8",
    )
    os.chmod(script, 0o755)  # noqa: PTH101, S103 - a console script is world-executable


if __name__ == "__main__":
    main()
