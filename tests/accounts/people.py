"""Made-up people for tests; the identity numbers have right check digits and belong to nobody."""

from tongban.accounts.models import Organisation, Person
from tongban.accounts.people import NewPerson, register
from tongban.accounts.roles import Role

RESIDENT_NUMBER = "31011719900307124X"
HEFEI = "11340100002989551W"


def resident(username: str = "zhang") -> Person:
    return register(
        NewPerson(
            username=username,
            display_name="张小满（演示）",
            roles=frozenset({Role.RESIDENT}),
            name="张小满",
            identity_number=RESIDENT_NUMBER,
            phone="13800000001",
            address="上海市松江区演示路 1 号",
        )
    )


def officer(role: Role = Role.CASE_OFFICER, code: str = HEFEI) -> Person:
    organisation, _ = Organisation.objects.get_or_create(
        code=code,
        defaults={"name_zh": "合肥市市场监督管理局", "name_en": "Hefei Market Regulation"},
    )
    return register(
        NewPerson(
            username=f"officer-{role}-{code}",
            display_name="李审（演示）",
            roles=frozenset({role}),
            organisation=organisation,
        )
    )
