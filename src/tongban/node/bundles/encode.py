"""From contents to the bytes of a bundle."""

from datetime import datetime

from tongban.evidence.signer import Signer
from tongban.node.bundles.archive import pack
from tongban.node.bundles.contents import Contents
from tongban.node.bundles.manifest import MANIFEST, Manifest, list_files, sign_manifest


def encode_bundle(
    contents: Contents, *, case: str, exported_at: datetime, exported_by: str, signer: Signer
) -> bytes:
    """The one encoding of these contents under a manifest of the exporting node."""
    files = contents.files()
    manifest = Manifest(
        case=case, exported_at=exported_at, exported_by=exported_by, files=list_files(files)
    )
    return pack({**files, MANIFEST: sign_manifest(manifest, signer)})
