"""Short agreements of Suzhou and Hefei, made up for the stories that spec/vectors tells.

Nothing here comes from the catalogue, so that the vectors stay as they are when that changes.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from tongban.core.agreements.agreement import (
    Agreement,
    Consent,
    Level,
    PartyLine,
    PublicationDuty,
)
from tongban.core.agreements.clauses import Clause, Grant, RunOff
from tongban.core.agreements.document import Document, document_digest
from tongban.core.agreements.instrument import Instrument, InstrumentClause
from tongban.core.agreements.provisions import Notice, NoticeMatter
from tongban.core.cases.events import Mode
from tongban.core.cases.process import Power, Process, read_process
from tongban.core.items.codes import catalogue_code_of
from tongban.core.items.document import read_item
from tongban.core.items.item import Item
from tongban.core.words import Words

VECTORS = Path(__file__).resolve().parents[2] / "spec" / "vectors" / "core"
DOCUMENTS = VECTORS / "documents"
SUZHOU, HEFEI = "suzhou.g60.demo", "hefei.g60.demo"
ITEM_FILE, PROCESS_FILE = "housing_fund_purchase", "delegated_intake_2"
ITEM: Item = read_item((DOCUMENTS / f"{ITEM_FILE}.json").read_bytes())
PROCESS: Process = read_process((DOCUMENTS / f"{PROCESS_FILE}.json").read_bytes())
#: The clause under which a counter of Suzhou takes in for Hefei.
CLAUSE = "2.1"
INTAKE = (Power.RECEIVE, Power.CHECK_ORIGINALS)
LIMIT, NOTICE_DAYS = 2, 10
#: From this day on each amendment takes the place of what it names.
AMENDED_ON = date(2026, 11, 9)


def _words(zh: str, en: str) -> Words:
    return Words(zh=zh, en=en)


def _clause(number: str, title: Words, **parts: object) -> Clause:
    return Clause(
        number=number,
        title=title,
        text=_words("为测试编写。", "Written for tests."),
        **parts,  # type: ignore[arg-type]  # fields that the texts below name
    )


def _party(node: str, place: str, zh: str, en: str) -> PartyLine:
    return PartyLine(
        node=node,
        place=place,
        name=_words(f"{zh}市人民政府", f"Government of {en}"),
        level=Level.PREFECTURE,
        office=_words(f"{zh}市人民政府", f"Government of {en}"),
    )


def _grant(daily_limit: int = 0) -> Grant:
    return Grant(
        granter=HEFEI,
        grantee=SUZHOU,
        items=(ITEM.code,),
        modes=(Mode.DELEGATED_INTAKE,),
        powers=(*INTAKE, Power.DELIVER),
        daily_limit=daily_limit,
    )


def _text(number: str, run_off: RunOff, grants: tuple[Grant, ...] = (_grant(),)) -> Agreement:
    notice = Notice(matter=NoticeMatter.TERMINATION, days=NOTICE_DAYS)
    return Agreement(
        number=number,
        version=1,
        title=_words("苏州—合肥合作协议（示例）", "Agreement of Suzhou and Hefei (example)"),
        parties=(
            _party(SUZHOU, "320500", "苏州", "Suzhou"),
            _party(HEFEI, "340100", "合肥", "Hefei"),
        ),
        valid_from=date(2026, 11, 2),
        valid_until=date(2026, 12, 31),
        clauses=(
            _clause(CLAUSE, _words("授权", "Grants"), grants=grants),
            _clause(
                "8.1", _words("在办案件", "Cases under way"), run_off=run_off, notices=(notice,)
            ),
        ),
        consents=(
            Consent(
                organisation=ITEM.organisation.code,
                name=ITEM.organisation.name,
                granter=HEFEI,
                items=(ITEM.code,),
                given_on=date(2026, 10, 20),
            ),
        ),
        illustrative=True,
    )


def _without_grants(text: Agreement) -> Agreement:
    """The next version, in which nothing is granted any more."""
    bare = _text(text.number, RunOff.FINISH, grants=())
    return replace(bare, version=2, valid_from=AMENDED_ON, supersedes=document_digest(text))


FINISH = _text("示例-finish", RunOff.FINISH)
STOP = _text("示例-stop", RunOff.STOP)
FINISH_AMENDED, STOP_AMENDED = _without_grants(FINISH), _without_grants(STOP)
PUBLIC = replace(
    _text("示例-public", RunOff.FINISH),
    publications=(
        PublicationDuty(
            party=HEFEI,
            where=_words("政府网站", "Website of the government"),
            publish_by=date(2026, 11, 2),
        ),
    ),
)
LIMITED = _text("示例-limited", RunOff.FINISH, grants=(_grant(LIMIT),))
LIST = Instrument(
    number="示例-list",
    title=_words("清单（示例）", "List (example)"),
    issuer=_words("示例机关", "An example"),
    published_on=date(2026, 9, 1),
    valid_from=date(2026, 10, 1),
    clauses=(
        InstrumentClause(
            number="1",
            title=_words("事项", "Items"),
            text=_words("为测试编写。", "Written for tests."),
            catalogue_codes=(catalogue_code_of(ITEM.code),),
            modes=(Mode.DELEGATED_INTAKE,),
            powers=INTAKE,
        ),
    ),
    illustrative=True,
)
#: By the name of its file.
TEXTS: Mapping[str, Document] = {
    "short_list": LIST,
    "short_finish": FINISH,
    "short_finish_amended": FINISH_AMENDED,
    "short_stop": STOP,
    "short_stop_amended": STOP_AMENDED,
    "short_public": PUBLIC,
    "short_limited": LIMITED,
}
