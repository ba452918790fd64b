"""Texts with other terms than the shipped ones, and how each ends while cases are under way.

They come in some worlds only, by a chance of their own, as affairs do. In these worlds people also
choose how results reach them and whether a counter sees their originals.
"""

from collections.abc import Mapping
from functools import partial

from tongban.testing.simulation.deeds import Deed
from tongban.testing.simulation.terms.endings import (
    narrow,
    run_out,
    suspend_in_part,
    terminate,
)
from tongban.testing.simulation.terms.under_way import end_under_way

TERMS: Mapping[str, Deed] = {
    "suspended_in_part": partial(end_under_way, end=suspend_in_part),
    "terminated_under_way": partial(end_under_way, end=terminate),
    "run_out_under_way": partial(end_under_way, end=run_out),
    "narrowed_under_way": partial(end_under_way, end=narrow),
}
