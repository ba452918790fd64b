"""An item whose code is local, and as long as one may be, goes the whole way as any other does."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Model
from tests.portal.journey import Applicant, applicant
from tests.standin import ITEMS, LOCALLY_CODED, World

from tongban.core.cases.events import Mode
from tongban.core.items.codes import ITEM_CODE_MAX
from tongban.demand.models import Demand, Lack
from tongban.portal.models import Draft
from tongban.projections.models import CaseRow
from tongban.workbench.models import CounterDraft

pytestmark = pytest.mark.django_db
CODE = LOCALLY_CODED.code


@pytest.fixture
def she(world: World) -> Applicant:
    world.node.published = (*ITEMS, LOCALLY_CODED)
    return replace(applicant(), item=CODE)


def fitting(row: Model, *fields: str) -> bool:
    """SQLite keeps what is too long; other databases, and forms, do not."""
    try:
        row.clean_fields(exclude={field.name for field in row._meta.fields} - set(fields))
    except ValidationError:
        return False
    return True


def test_a_local_code_of_full_length_is_drafted_sent_and_projected(
    she: Applicant, world: World
) -> None:
    assert len(CODE) == ITEM_CODE_MAX
    case = she.apply()
    world.node.arrive(case)
    draft, row = Draft.objects.get(), CaseRow.objects.get(case=case)
    assert draft.item == row.item == CODE
    assert fitting(draft, "item")
    assert fitting(row, "item")
    assert fitting(CounterDraft(item=CODE), "item")
    assert LOCALLY_CODED.name.zh in she.page(f"/cases/{case}/")


def test_wanting_an_item_that_has_a_local_code_alone_is_counted_under_it(
    she: Applicant, world: World
) -> None:
    closed = tuple(offer for offer in LOCALLY_CODED.modes if offer.mode is not Mode.ALL_ONLINE)
    world.node.published = (replace(LOCALLY_CODED, modes=closed),)
    she.page("/search/?q=食品经营许可")
    row = Demand.objects.get()
    assert (row.lack, row.basic) == (Lack.NOT_OPEN, CODE)
    assert fitting(row, "basic")
