"""What people and systems may ask of a node in writing, and what each command is about."""

from tongban.core.agreements.commands import AgreementCommand
from tongban.core.cases.commands import CaseCommand
from tongban.core.catalogues.commands import CatalogueCommand, Publish, PublishRule
from tongban.core.entry import Subject, SubjectKind
from tongban.core.inquiries.commands import InquiryCommand
from tongban.core.negotiations.commands import NegotiationCommand
from tongban.core.records.commands import AcknowledgeRecord, RecordCommand, WithdrawObjection
from tongban.logs.rows import StoredIntent
from tongban.node.faults import BrokenInvariant
from tongban.node.intents import decode_command

Command = (
    CaseCommand
    | AgreementCommand
    | NegotiationCommand
    | InquiryCommand
    | AcknowledgeRecord
    | WithdrawObjection
    | Publish
    | PublishRule
)


def command_of(intent: StoredIntent) -> Command:
    """What a waiting intent asks."""
    if intent.payload is None:
        raise BrokenInvariant(f"the waiting intent {intent.id} has lost its payload")
    command = decode_command(intent.payload)
    if not isinstance(command, Command):
        raise BrokenInvariant(f"the intent {intent.id} holds no command")
    return command


def subject_of(command: Command) -> Subject:
    """What the command is about."""
    if isinstance(command, CatalogueCommand):
        return Subject(kind=SubjectKind.CATALOGUE, id=command.publisher)
    if isinstance(command, AgreementCommand):
        return Subject(kind=SubjectKind.AGREEMENT, id=command.document)
    if isinstance(command, NegotiationCommand):
        return Subject(kind=SubjectKind.NEGOTIATION, id=command.negotiation)
    if isinstance(command, InquiryCommand):
        return Subject(kind=SubjectKind.INQUIRY, id=command.inquiry)
    if isinstance(command, RecordCommand):
        return Subject(kind=SubjectKind.RECORD, id=command.guest)
    return Subject(kind=SubjectKind.CASE, id=command.case)
