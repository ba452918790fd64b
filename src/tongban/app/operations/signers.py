"""Who may sign for this node: `tongban agreement authorise | revoke | authorisations | confirm`."""

from base64 import b64decode, b64encode
from dataclasses import replace
from typing import Any

from tongban.app.control import Arguments, OperationRefused
from tongban.app.guests.papers import paper as read_paper
from tongban.app.operations.agreements import AGREEMENT_OFFICER, in_words, kept_agreement
from tongban.app.operations.desk import OPERATOR, OperatorDesk
from tongban.app.operations.items import day_of
from tongban.core.agreements.authority import SCAN, AgreementKind, Authorisation, Resolve
from tongban.core.agreements.document import document_digest
from tongban.core.china_time import china_day
from tongban.core.home.events import BindingAct
from tongban.core.plain_codes import is_code, is_number


def authorise(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Record that a written authorisation lies in this node's files."""
    _check(is_number(arguments["number"]), "the number of the paper", "WT-2026-3")
    _check(is_code(arguments["office"]), "the office", "agreement_officer")
    unknown = sorted(set(arguments["kinds"]) - set(AgreementKind))
    if unknown or not arguments["kinds"]:
        raise OperationRefused(
            f"a paper covers one or more of the kinds {', '.join(AgreementKind)}; nothing was kept"
        )
    today = china_day(desk.node.kernel.clock.now())
    scan = arguments.get("scan")
    paper = Authorisation(
        number=arguments["number"],
        office=arguments["office"],
        kinds=frozenset(AgreementKind(kind) for kind in arguments["kinds"]),
        from_day=day_of(arguments["from_day"], today),
        until_day=day_of(arguments["until_day"], today),
        holder=_officer(arguments["officer"], "sign") if arguments.get("officer") else "",
    )
    if paper.until_day < paper.from_day:
        raise OperationRefused("the last day lies before the first; nothing was kept")
    kept = read_paper(scan["name"], b64decode(scan["content"]), body=SCAN) if scan else None
    desk.node.signers.record(paper, actor=OPERATOR, scan=kept)
    return _line(paper)


def revoke(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Let a recorded authorisation count no more."""
    if not desk.node.signers.revoke(arguments["number"], actor=OPERATOR):
        raise OperationRefused(
            f"no authorisation {arguments['number']} counts here; `tongban agreement "
            "authorisations` shows those that do"
        )
    return {"number": arguments["number"]}


def list_authorisations(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Authorisations that were recorded and not revoked."""
    return [_line(paper) for paper in desk.node.signers.authorisations()]


def scan(desk: OperatorDesk, arguments: Arguments) -> Any:
    """The scan of a recorded authorisation; the read goes on the record."""
    found = desk.node.signers.scan(arguments["number"], reader=OPERATOR)
    if found is None:
        raise OperationRefused(
            f"no scan was recorded with an authorisation {arguments['number']}; `tongban agreement "
            "authorise … --scan FILE` records one with it"
        )
    return {"media": found.media, "content": b64encode(found.content).decode()}


def confirm(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Put on record that an officer confirmed that this node should sign, leave or end a text."""
    document = document_digest(kept_agreement(desk, arguments["document"]))
    act = arguments.get("act", BindingAct.SIGN.value)
    if act not in set(BindingAct):
        raise OperationRefused(
            f"an officer confirms one of {', '.join(BindingAct)}, not {act}; nothing was confirmed"
        )
    resolve = Resolve(act=BindingAct(act), last_day=_last_day(desk, arguments, act))
    number = _officer(arguments["officer"], "confirm")
    actor = replace(AGREEMENT_OFFICER, number=number)
    refusal = desk.node.signers.confirm(document, actor=actor, resolve=resolve)
    if refusal is not None:
        raise in_words(refusal)
    return {"document": document, "officer": number, "act": act, "last_day": resolve.last_day}


def _last_day(desk: OperatorDesk, arguments: Arguments, act: str) -> str:
    """The day that an end or an exit gives, which is what officers confirm; "" for a signature."""
    named = arguments.get("last_day", "")
    if act == BindingAct.SIGN:
        if named:
            raise OperationRefused(
                "a signature gives no last day; leave `--last-day` out, or say `--for leave` or "
                "`--for terminate`. Nothing was confirmed"
            )
        return ""
    if not named:
        raise OperationRefused(
            "officers confirm an end or an exit with its last day; give it with `--last-day`, as "
            f"`tongban agreement {act}` will. Nothing was confirmed"
        )
    return day_of(named, china_day(desk.node.kernel.clock.now())).isoformat()


def _officer(named: str, what: str) -> str:
    """The number of who may bind this place and has an account here, by number or user name."""
    from tongban.accounts.models import Person  # noqa: PLC0415 - Django is set up
    from tongban.accounts.roles import Role  # noqa: PLC0415

    roles = (Role.AGREEMENT_OFFICER, Role.LEGAL_REPRESENTATIVE)
    officers = Person.objects.filter(is_active=True, grants__role__in=roles).distinct()
    found = officers.filter(number=named).first() or officers.filter(username=named).first()
    if found is None:
        raise OperationRefused(
            f"no agreement officer {named} has an account here, nor has a legal representative of "
            f"that name, and only they can {what}. Give the number or the user name of one; "
            "`tongban person add --role agreement_officer` enters people. Nothing was recorded"
        )
    return str(found.number)


def _check(fits: bool, what: str, example: str) -> None:  # noqa: FBT001 - the one thing it asks
    if not fits:
        raise OperationRefused(
            f"{what} goes into the log, which nothing erases, so it is a code without anybody's "
            f"name, such as {example}. Nothing was done"
        )


def _line(paper: Authorisation) -> dict[str, Any]:
    return {
        "number": paper.number,
        "office": paper.office,
        "kinds": sorted(paper.kinds),
        "from_day": paper.from_day.isoformat(),
        "until_day": paper.until_day.isoformat(),
        "officer": paper.holder,
    }
