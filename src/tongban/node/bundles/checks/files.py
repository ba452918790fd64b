"""Every file is as the manifest lists it, and there is no other."""

from collections.abc import Iterator, Mapping

from tongban.node.bundles.manifest import list_files
from tongban.node.bundles.report import Problem


def check_files(listed: Mapping[str, str], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Compare the files, the manifest apart, with the digests that it lists by name."""
    there = list_files(files)
    for name in sorted(there.keys() | listed.keys()):
        if name not in there:
            yield Problem.of(
                "file_missing",
                zh=f"清单所列的文件 {name} 不在证据包内。",
                en=f"The file {name} is on the manifest and not in the bundle.",
            )
        elif name not in listed:
            yield Problem.of(
                "file_unlisted",
                zh=f"文件 {name} 不在清单上，是导出之后加入的。",
                en=f"The file {name} is not on the manifest: it was added after the export.",
            )
        elif there[name] != listed[name]:
            yield Problem.of(
                "file_changed",
                zh=f"文件 {name} 在导出之后被改动过。",
                en=f"The file {name} was changed after the export.",
            )
