"""Puts what was found into a report, with what it means and what it does not."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from tongban.channels.descriptors import fingerprint
from tongban.core.china_time import CHINA_TIME
from tongban.core.entry import Basis
from tongban.core.one_sided import marked
from tongban.core.records.state import Backing
from tongban.core.words import Words
from tongban.logs import wire
from tongban.node.bundles.citations import basis_document
from tongban.node.bundles.examination import Examination, Line
from tongban.node.bundles.kept_words import Kept, acknowledged_words, kept_words, numbered
from tongban.node.bundles.manifest import Manifest
from tongban.node.bundles.report import BasisReport, BodyReport, BundleReport, EntryReport, Problem
from tongban.node.bundles.standing import log_key, mirror_key

NOTHING_PROVEN = Words(
    zh="本证据包未通过核验，其中任何内容都不能作为证据使用；请向导出方重新索取。",
    en="The bundle did not pass, so nothing in it may be used as evidence; ask for it again.",
)


def changed_report(manifest: Manifest, changes: Sequence[Problem]) -> BundleReport:
    """What can be said when files are not as they were exported: which, and nothing more."""
    return BundleReport(
        verified=False,
        case=manifest.case,
        exported_by=manifest.exported_by,
        exported_at=manifest.exported_at,
        anchored=False,
        entries=(),
        problems=tuple(changes),
        proven=(),
        not_proven=(NOTHING_PROVEN,),
        titles={},
        fingerprints={},
    )


def examined_report(bundle: Examination, problems: Sequence[Problem]) -> BundleReport:
    """All entries, and what follows from them if there are no problems."""
    return BundleReport(
        verified=not problems,
        case=bundle.manifest.case,
        exported_by=bundle.manifest.exported_by,
        exported_at=bundle.manifest.exported_at,
        anchored=bundle.trust is not None and all(p.code != "key_unknown" for p in problems),
        entries=tuple(_entry(bundle, line, holds=not problems) for line in bundle.lines),
        problems=tuple(problems),
        proven=() if problems else tuple(_proven(bundle)),
        not_proven=(NOTHING_PROVEN,) if problems else tuple(_not_proven(bundle)),
        titles={
            name: marked(Words(zh=node.title.zh, en=node.title.en), node.kept_by)
            for name, node in sorted(bundle.nodes.items())
        },
        fingerprints={name: fingerprint(node) for name, node in sorted(bundle.nodes.items())},
    )


def _entry(bundle: Examination, line: Line, *, holds: bool) -> EntryReport:
    cosigned_at, outcome = line.standing.cosigned_at, line.settlement.outcome
    writer, reader = (bundle.nodes.get(n) for n in (line.place.log.writer, line.place.log.reader))
    return EntryReport(
        number=line.number,
        type=wire.type_name(line.entry.event),
        event=msgspec.json.decode(line.bundled.data)["event"],
        actor=line.entry.actor,
        basis=_basis(bundle, line.entry.basis),
        about_case=bundle.about_case(line),
        writer=line.place.log.writer,
        reader=line.place.log.reader,
        at=line.entry.at,
        proven=holds and line.standing.proven,
        cosigned_at=None
        if cosigned_at is None
        else datetime.fromtimestamp(cosigned_at, CHINA_TIME),
        outcome=line.settlement.effect,
        ground=line.settlement.ground,
        received_at=outcome.received_at if outcome else None,
        available_at=outcome.available_at if outcome else None,
        log_vkey=log_key(writer, line.bundled).encode_vkey() if writer else "",
        cosigner_vkeys=(mirror_key(reader, line.bundled).encode_vkey(),)
        if reader and cosigned_at
        else (),
        bodies=tuple(
            BodyReport(
                name=commitment.name,
                media=commitment.media,
                size=commitment.size,
                included=commitment.name in line.bundled.bodies,
            )
            for commitment in line.entry.commitments
        ),
        signed_for_by=line.standing.signed_for_by,
        cosigned_for_by=line.standing.cosigned_for_by,
        backing=line.backed.signed,
        objection=line.backed.ground,
        cosignature_backing=line.backed.cosigned,
    )


def _basis(bundle: Examination, basis: Basis | None) -> BasisReport | None:
    if basis is None:
        return None
    data = bundle.contents.documents.get(basis.document or "")
    document = basis_document(data) if data else None
    return BasisReport(
        kind=basis.kind, number=document.number if document else "", clause=basis.clause or ""
    )


def _proven(bundle: Examination) -> Iterator[Words]:
    count = sum(line.standing.proven for line in bundle.lines)
    yield Words(
        zh=f"标明“已会签”的 {count} 条记录，确由各自写明的一方作出，至今一字未改；"
        "另一方已签名确认存妥。",
        en=f"The {count} entries marked countersigned were stated by the party named with each, and"
        " not a letter of them has changed; the other party signed that it holds them.",
    )
    yield Words(
        zh="每条已会签的记录，不晚于其会签时间已经存在；该时间由会签方声明。",
        en="Each of them existed not later than the time of its countersignature, which is the"
        " countersigning party's claim.",
    )
    yield Words(
        zh="同一日志中的记录按所列次序作出；凡写明已见对方记录的，作于那些记录之后。"
        "互相未见的记录，其先后仅凭各方自述。",
        en="Entries of one log were made in the order listed, and each after those of the other log"
        " that it had seen. Between entries that had not seen each other, the order rests on their"
        " writers' word.",
    )
    yield Words(
        zh="标明“已生效”或“被拒”的，是接收一方自己签名作出的处理结果。",
        en="Where an entry took effect or was refused, the receiving party stated so itself,"
        " under its own signature.",
    )
    yield from _acknowledged(bundle)


def _not_proven(bundle: Examination) -> Iterator[Words]:
    yield Words(
        zh="记录里所说的事情是否属实。",
        en="That what the entries say is true.",
    )
    yield Words(
        zh="本案的全部记录是否都在包内：包里放什么由导出方选定。可请另一方也导出一份，两相对照。",
        en="That these are all entries of the case: the exporter chose them. Ask the other party"
        " for its own bundle and compare.",
    )
    yield Words(
        zh="没有第三方见证：双方若串通，仍可能一起另造一套记录。",
        en="Unwitnessed: the two parties together could have made another history.",
    )
    one_sided = [line.number for line in bundle.lines if not line.standing.proven]
    if one_sided:
        yield Words(
            zh=f"第 {numbered(one_sided)} 条只有写入方签名，未经对方会签，只算单方陈述。",
            en=f"Entries {numbered(one_sided)} are signed by their writer only: one side's word.",
        )
    yield from _kept(bundle)
    if bundle.trust is None:
        yield Words(
            zh="密钥属于谁：未提供可信密钥清单，密钥没有锚定。请通过电话等其他途径，"
            "与各节点运营方核对下列指纹。",
            en="Whose the keys are: no trust list was given, so the keys are not anchored. Compare"
            " the fingerprints below with the operators of the nodes by another way.",
        )


def _kept(bundle: Examination) -> Iterator[Words]:
    """What rests on the word of a keeper, for each node that one signed for."""
    for name, node in sorted(bundle.nodes.items()):
        mine = [line for line in bundle.lines if line.place.log.writer == name]
        yield from kept_words(
            Kept(
                name=name,
                keeper=node.sets[0].kept_by,
                signed=[line for line in mine if line.backed.signed is Backing.ONE_SIDED],
                objected=[line for line in mine if line.backed.signed is Backing.OBJECTED],
                read=[line for line in bundle.lines if _kept_reader(line, name)],
            )
        )


def _acknowledged(bundle: Examination) -> Iterator[Words]:
    """What guests stand behind by now, which their keepers had signed."""
    for name, node in sorted(bundle.nodes.items()):
        lines = [
            line.number
            for line in bundle.lines
            if line.place.log.writer == name and line.backed.signed is Backing.ACKNOWLEDGED
        ]
        if lines:
            yield acknowledged_words(name, node.sets[0].kept_by, lines)


def _kept_reader(line: Line, name: str) -> bool:
    return line.place.log.reader == name and line.backed.cosigned is Backing.ONE_SIDED
