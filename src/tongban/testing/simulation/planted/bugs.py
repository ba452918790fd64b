"""Every planted bug by name; each must be caught (tests/simulation)."""

from collections.abc import Mapping

from tongban.testing.simulation.planted.bug import Bug
from tongban.testing.simulation.planted.in_affairs import IN_AFFAIRS
from tongban.testing.simulation.planted.in_bounds import IN_BOUNDS
from tongban.testing.simulation.planted.in_effects import IN_EFFECTS
from tongban.testing.simulation.planted.in_home import IN_HOME
from tongban.testing.simulation.planted.in_keys import IN_KEYS
from tongban.testing.simulation.planted.in_misbehaviour import IN_MISBEHAVIOUR
from tongban.testing.simulation.planted.in_parts import IN_PARTS
from tongban.testing.simulation.planted.in_starts import IN_STARTS
from tongban.testing.simulation.planted.in_storage import IN_STORAGE
from tongban.testing.simulation.planted.in_terms import IN_TERMS

BUGS: Mapping[str, Bug] = {
    bug.name: bug
    for bug in (
        *IN_STARTS,
        *IN_PARTS,
        *IN_HOME,
        *IN_STORAGE,
        *IN_EFFECTS,
        *IN_BOUNDS,
        *IN_AFFAIRS,
        *IN_TERMS,
        *IN_MISBEHAVIOUR,
        *IN_KEYS,
    )
}
