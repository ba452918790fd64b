"""`tongban evidence verify`: what a bundle proves, for people and for scripts."""

from pathlib import Path

import msgspec

from tongban.core import canonical
from tongban.core.words import Language
from tongban.node.bundles.faults import BundleUnreadable, TrustUnreadable
from tongban.node.bundles.narrative import describe
from tongban.node.bundles.report import BundleReport, Problem
from tongban.node.bundles.trust import read_trust
from tongban.node.bundles.verify import verify_bundle

VERIFIED, NOT_VERIFIED, UNREADABLE = 0, 1, 2


def verify_command(path: Path, trust_path: Path | None, *, as_json: bool) -> tuple[int, str]:
    """The exit code (0 verified, 1 not, 2 unreadable) and the report, Chinese before English."""
    try:
        trust = None if trust_path is None else read_trust(trust_path.read_text(encoding="utf-8"))
        report = verify_bundle(path.read_bytes(), trust)
    except OSError as error:
        return UNREADABLE, _unreadable(f"{error.filename}: {error.strerror}", as_json=as_json)
    except UnicodeDecodeError:
        return UNREADABLE, _unreadable(f"{trust_path} is not text", as_json=as_json)
    except (BundleUnreadable, TrustUnreadable) as error:
        return UNREADABLE, _unreadable(str(error), as_json=as_json)
    return VERIFIED if report.verified else NOT_VERIFIED, _shown(report, as_json=as_json)


def _shown(report: BundleReport, *, as_json: bool) -> str:
    if as_json:
        return _json(report)
    pages = (describe(report, language) for language in (Language.CHINESE, Language.ENGLISH))
    return "\n".join(pages)


def _unreadable(reason: str, *, as_json: bool) -> str:
    problem = Problem.of(
        "unreadable",
        zh=f"读不出证据包，什么也没有证明，也没有推翻；请重新索取该文件。原因：{reason}",
        en=f"Unreadable, so nothing is proven or disproven; ask for the file again: {reason}",
    )
    if as_json:
        return _json({"verified": False, "case": "", "entries": [], "problems": [problem]})
    return f"{problem.words.zh}\n{problem.words.en}\n"


def _json(value: object) -> str:
    return msgspec.json.format(canonical.encode(value), indent=2).decode() + "\n"
