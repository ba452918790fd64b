"""An agreement out of the text of its document into a file that people read."""

from pathlib import Path

import yaml

from tongban.agreement_text.composing import compose
from tongban.agreement_text.formats import FORMATS
from tongban.agreement_text.text import Format
from tongban.app.control import OperationRefused
from tongban.app.private_files import write_private
from tongban.core.agreements.document import Agreement, document_digest, parse_agreement
from tongban.core.faults import CoreFault
from tongban.core.words import Language


def write_agreement(text: str, output: Path, kind: Format, language: Language) -> dict[str, str]:
    """What was written, and where; raises OperationRefused for what is no agreement, OSError."""
    agreement = _read(text)
    composed = compose(agreement, language)
    write_private(output, FORMATS[kind](composed))
    return {
        "document": document_digest(agreement),
        "title": composed.title,
        "file": str(output),
        "format": kind,
        "language": language,
    }


def _read(text: str) -> Agreement:
    try:
        return parse_agreement(yaml.safe_load(text))
    except (CoreFault, yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise OperationRefused(
            f"the file is not an agreement: {reason}. Nothing was written; mend it and try again"
        ) from error
