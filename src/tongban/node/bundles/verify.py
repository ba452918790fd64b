"""Checks a bundle offline: no node, no network, no clock, nothing but bytes (spec/bundles.md)."""

from collections.abc import Sequence

from tongban.evidence.keys import VerifierKey
from tongban.node.bundles.archive import unpack
from tongban.node.bundles.checks import CHECKS
from tongban.node.bundles.checks.files import check_files
from tongban.node.bundles.contents import read_contents
from tongban.node.bundles.examination import examine
from tongban.node.bundles.faults import BundleUnreadable
from tongban.node.bundles.findings import changed_report, examined_report
from tongban.node.bundles.manifest import MANIFEST, read_manifest
from tongban.node.bundles.report import BundleReport


def verify_bundle(data: bytes, trust: Sequence[VerifierKey] | None = None) -> BundleReport:
    """Everything that holds of a bundle and everything that does not.

    trust: keys that the reader knows from elsewhere; without them the report says that the keys
    are not anchored. Where a file is not as the manifest lists it, nothing further is looked at.
    Raises BundleUnreadable for bytes that are no bundle at all.
    """
    files = unpack(data)
    signed = files.pop(MANIFEST, None)
    if signed is None:
        raise BundleUnreadable(f"there is no {MANIFEST} in the archive")
    manifest, note = read_manifest(signed)
    changes = tuple(check_files(manifest.files, files))
    if changes:
        return changed_report(manifest, changes)
    bundle = examine(manifest, note, read_contents(files), trust)
    problems = [problem for check in CHECKS for problem in check(bundle)]
    return examined_report(bundle, problems)
