"""People of the demonstration. None of them exists; their names and numbers are made up."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tongban.app.demo.cities import City
from tongban.catalogue import load_items, load_opened_items
from tongban.core.items.codes import credit_check, resident_check
from tongban.core.items.offices import Organisation

_RESIDENTS = {
    "songjiang": ("林小满", "Lin Xiaoman"),
    "suzhou": ("沈一诺", "Shen Yinuo"),
    "jiaxing": ("陆安行", "Lu Anxing"),
}

_OVERSEERS = {
    "catalogue_officer": "事项管理员 catalogue officer",
    "agreement_officer": "协议管理员 agreement officer",
    "legal_representative": "法定代表人 legal representative",
    "joint_officer": "联席办专员 joint office officer",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoPerson:
    """An account to be made; arguments: what the operation person.add takes."""

    city: City
    what: str
    arguments: dict[str, Any]


def people(every: Iterable[City]) -> list[DemoPerson]:
    """A resident, a counter clerk, overseers and case officers for each city."""
    return [person for city in every for person in _people_of(city)]


def _people_of(city: City) -> list[DemoPerson]:
    found = [_resident(city), _clerk(city), *_overseers(city)]
    for number, organisation in enumerate(organisations_of(city.key), 1):
        found.append(_officer(city, number, organisation))
    return found


def organisations_of(city: str) -> list[Organisation]:
    """Who decides there; those first whose items the demonstration's agreements open."""
    items = [*load_opened_items(city), *load_items(city)]
    return list({item.organisation.code: item.organisation for item in items}.values())


def _resident(city: City) -> DemoPerson:
    name, _ = _RESIDENTS.get(city.key, (f"{city.place.short.zh}居民", ""))
    return DemoPerson(
        city=city,
        what="居民 resident",
        arguments={
            "username": "resident",
            "display_name": f"{name}（演示）",
            "roles": ["resident"],
            "name": name,
            "identity_number": resident_number(city.place.code, "19950315", "002"),
            "phone": "13800000001",
            "address": f"{city.place.name.zh}演示路1号",
        },
    )


def _clerk(city: City) -> DemoPerson:
    return DemoPerson(
        city=city,
        what="专窗收件员 counter clerk",
        arguments={
            "username": "clerk",
            "display_name": f"{city.place.short.zh}专窗收件员（演示）",
            "roles": ["counter_clerk"],
            "organisation": _service_centre(city),
        },
    )


def _officer(city: City, number: int, organisation: Organisation) -> DemoPerson:
    return DemoPerson(
        city=city,
        what=f"审批员 case officer, {organisation.name.zh}",
        arguments={
            "username": f"officer{number}",
            "display_name": f"{organisation.name.zh}审批员（演示）",
            "roles": ["case_officer"],
            "organisation": {
                "code": organisation.code,
                "name_zh": organisation.name.zh,
                "name_en": organisation.name.en,
            },
        },
    )


def _overseers(city: City) -> list[DemoPerson]:
    """Who looks after catalogue and agreements, and who looks at the whole for the joint office."""
    return [
        DemoPerson(
            city=city,
            what=what,
            arguments={
                "username": role.partition("_")[0],
                "display_name": f"{city.place.short.zh}{what.partition(' ')[0]}（演示）",
                "roles": [role],
                "organisation": _service_centre(city),
            },
        )
        for role, what in _OVERSEERS.items()
    ]


def _service_centre(city: City) -> dict[str, str]:
    return {
        "code": f"12{city.place.code}MB00000000"[:18],
        "name_zh": f"{city.place.short.zh}政务服务中心（演示）",
        "name_en": f"{city.place.short.en} government service centre (made up)",
    }


def resident_number(place: str, born: str, order: str) -> str:
    """A made-up 公民身份号码 with a right check character."""
    first = f"{place}{born}{order}"
    return first + resident_check(first)


def credit_code(first: str) -> str:
    """A made-up 统一社会信用代码 with a right check character; first: its 17 characters."""
    return first + credit_check(first)
