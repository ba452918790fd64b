"""Texts that officers are writing: begun, changed without writing over each other, laid."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext

from tongban.accounts.models import Person
from tongban.agreements.files import Mistake, in_words
from tongban.agreements.models import TextDraft
from tongban.core.agreements.checks import check_new_agreement
from tongban.core.agreements.consents import OwedConsent, owed_consents
from tongban.core.agreements.document import Agreement, document_bytes, document_digest
from tongban.core.china_time import days_after
from tongban.core.faults import DocumentInvalid
from tongban.core.kinds import decoder_of
from tongban.pages.node_access import now
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A text in the making, as it was when it was read."""

    negotiation: str
    answers: int
    agreement: Agreement
    revision: int
    changed_by: str

    @property
    def mistake(self) -> Mistake | None:
        """What keeps the text from being laid, None where its parts fit each other."""
        nameless = next((each for each in self.agreement.parties if not each.office.zh), None)
        if nameless is not None:
            words = gettext("%(name)s还没有写签署人的职务。") % {
                "name": name_of_node(nameless.node)
            }
            return Mistake(field="", words=words)
        try:
            check_new_agreement(self.agreement)
        except DocumentInvalid as error:
            return Mistake(field=error.field, words=in_words(error))
        return None

    @property
    def owed(self) -> tuple[OwedConsent, ...]:
        """What owners of items have still to be asked before the text can be laid."""
        items = {item.code: item for item in whole_node().items()}
        return owed_consents(self.agreement, items)


def drafts() -> Sequence[Draft]:
    """Everything that is being written here, newest first."""
    rows = TextDraft.objects.select_related("changed_by").order_by("-changed_at")
    return [_read(row) for row in rows]


def draft_of(negotiation: str) -> Draft | None:
    """The draft for this negotiation, None where nobody writes one."""
    row = TextDraft.objects.select_related("changed_by").filter(pk=negotiation).first()
    return _read(row) if row else None


def draft_or_404(negotiation: str) -> Draft:
    """The draft for this negotiation; raises Http404."""
    found = draft_of(negotiation)
    if found is None:
        raise Http404
    return found


def begin(officer: Person, agreement: Agreement, *, negotiation: str = "", answers: int = 0) -> str:
    """Begin to write, unless somebody does already; the negotiation's name.

    negotiation: "" where it is to begin one.
    """
    known = amending(agreement.supersedes) if agreement.supersedes and not negotiation else None
    name = negotiation or (known.negotiation if known else fresh_name())
    try:
        with transaction.atomic():
            TextDraft.objects.create(
                negotiation=name,
                answers=answers,
                text=_text(agreement),
                changed_by=officer,
                changed_at=now(),
            )
    except IntegrityError:
        # Pressed twice, or a colleague began: there is one draft, and it stays as it is.
        return name
    return name


def fresh_name() -> str:
    """Of a negotiation that nobody writes for yet."""
    return whole_node().negotiations.fresh_name()


def alike(agreement: Agreement) -> str:
    """The name of a draft of a first text of this number between the same parties; "" for none."""
    place = agreement.number, agreement.nodes
    found = (
        each.negotiation
        for each in drafts()
        if not each.answers and (each.agreement.number, each.agreement.nodes) == place
    )
    return next(found, "")


def saying(agreement: Agreement) -> str:
    """The name of a draft of a first text that says just this; "" for none."""
    found = (each for each in drafts() if not each.answers and each.agreement == agreement)
    return next((each.negotiation for each in found), "")


def amending(document: str) -> Draft | None:
    """The draft of a first text that is to take the place of this agreement."""
    found = (each for each in drafts() if not each.answers)
    return next((each for each in found if each.agreement.supersedes == document), None)


def keep(
    draft: Draft, officer: Person, agreement: Agreement, *, answers: int | None = None
) -> bool:
    """Keep a changed text; False, and nothing kept, where somebody changed it meanwhile."""
    changed = TextDraft.objects.filter(pk=draft.negotiation, revision=draft.revision).update(
        text=_text(agreement),
        answers=draft.answers if answers is None else answers,
        revision=draft.revision + 1,
        changed_by=officer,
        changed_at=now(),
    )
    return bool(changed)


def drop(draft: Draft) -> None:
    """It was laid, or is not wanted any more."""
    TextDraft.objects.filter(pk=draft.negotiation).delete()


def amended(agreement: Agreement) -> Agreement:
    """The next version, as its author begins it; opinions were given on the one before."""
    return replace(
        agreement,
        version=agreement.version + 1,
        supersedes=document_digest(agreement),
        supersedes_also=(),
        sign_by=None,
        reviews=(),
    )


def renewed(agreement: Agreement) -> Agreement:
    """The next version (续签), from the day after the last one on for as many days again."""
    first = days_after(agreement.valid_until, 1)
    span = (agreement.valid_until - agreement.valid_from).days
    return replace(amended(agreement), valid_from=first, valid_until=days_after(first, span))


def copied(agreement: Agreement) -> Agreement:
    """Another agreement that begins from the same words; nobody has reviewed it yet."""
    return replace(
        agreement, version=1, supersedes="", supersedes_also=(), sign_by=None, reviews=()
    )


def _text(agreement: Agreement) -> str:
    return document_bytes(agreement).decode()


def _read(row: TextDraft) -> Draft:
    return Draft(
        negotiation=row.negotiation,
        answers=row.answers,
        agreement=decoder_of(Agreement).decode(row.text.encode()),
        revision=row.revision,
        changed_by=row.changed_by.display_name if row.changed_by else "",
    )
