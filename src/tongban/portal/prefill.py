"""What the account knows, so that nobody types it again; each answer says where it comes from."""

from django.utils.translation import gettext

from tongban.accounts.models import Person
from tongban.core.items.form import Prefill
from tongban.pages.forms.schema_form import Known


def known_of(person: Person) -> dict[Prefill, Known]:
    """Answers that the account gives; name and number identify the applicant and are locked."""
    verified = gettext("来自您的实名账户；有误请到窗口更正。")
    contact = gettext("来自您的账户，可以在这里改。")
    organisation = person.organisation
    known = {
        Prefill.PERSON_NAME: Known(value=person.name, origin=verified, locked=True),
        Prefill.RESIDENT_NUMBER: Known(value=person.identity_number, origin=verified, locked=True),
        Prefill.PHONE: Known(value=person.phone, origin=contact),
        Prefill.ADDRESS: Known(value=person.address, origin=contact),
    }
    if organisation is not None:
        known[Prefill.ORGANISATION_NAME] = Known(value=organisation.name_zh, origin=contact)
        known[Prefill.CREDIT_CODE] = Known(value=organisation.code, origin=contact)
    return {prefill: each for prefill, each in known.items() if each.value}
