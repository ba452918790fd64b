"""One question a page: which questions of a form are asked together, and in which order."""

from dataclasses import dataclass
from itertools import groupby

from tongban.core.items.form import Form, Prefill

_IDENTITY = frozenset(
    {Prefill.PERSON_NAME, Prefill.RESIDENT_NUMBER, Prefill.PHONE, Prefill.ADDRESS}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One page of the form; identity: it asks who applies, and most of it is known already."""

    number: int
    names: tuple[str, ...]
    identity: bool


def steps_of(form: Form) -> tuple[Step, ...]:
    """The pages of a form: who applies stands together, everything else alone."""
    groups: list[tuple[str, ...]] = []
    for identity, fields in groupby(form.fields, key=lambda field: field.prefill in _IDENTITY):
        names = [field.name for field in fields]
        groups += [tuple(names)] if identity else [(name,) for name in names]
    who = {field.name for field in form.fields if field.prefill in _IDENTITY}
    return tuple(
        Step(number=number, names=names, identity=names[0] in who)
        for number, names in enumerate(groups, start=1)
    )
