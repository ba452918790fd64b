"""What must hold in every world, one invariant a file.

The checkers read the databases and know nothing of the code that wrote them, nor of each other.
"""

from collections.abc import Callable, Sequence

from tongban.testing.simulation.checkers.a_acknowledged import Acknowledged
from tongban.testing.simulation.checkers.a_bodies_kept import BodiesKept
from tongban.testing.simulation.checkers.a_nothing_lost import NothingLost
from tongban.testing.simulation.checkers.a_repaired import Repaired
from tongban.testing.simulation.checkers.a_uncertain_disk import UncertainDisk
from tongban.testing.simulation.checkers.b_same_roots import SameRoots
from tongban.testing.simulation.checkers.c_home_begins_anew import HomeBeginsAnew
from tongban.testing.simulation.checkers.c_one_history import OneHistory
from tongban.testing.simulation.checkers.checker import Checker
from tongban.testing.simulation.checkers.d_once_in_order import OnceInOrder
from tongban.testing.simulation.checkers.e_agreed_text import AgreedText
from tongban.testing.simulation.checkers.e_authorised import Authorised
from tongban.testing.simulation.checkers.e_granted import Granted
from tongban.testing.simulation.checkers.e_in_force import InForce
from tongban.testing.simulation.checkers.e_run_off import RunOffs
from tongban.testing.simulation.checkers.e_same_outcome import SameOutcome
from tongban.testing.simulation.checkers.e_still_offered import StillOffered
from tongban.testing.simulation.checkers.e_within_limits import WithinLimits
from tongban.testing.simulation.checkers.f_can_move import CanMove
from tongban.testing.simulation.checkers.f_handed_over import HandedOver
from tongban.testing.simulation.checkers.f_one_deadline import OneDeadline
from tongban.testing.simulation.checkers.f_one_holder import OneHolder
from tongban.testing.simulation.checkers.f_recalled import Recalled
from tongban.testing.simulation.checkers.g_rebuilt import Rebuilt
from tongban.testing.simulation.checkers.h_at_rest import FewWords
from tongban.testing.simulation.checkers.h_held_back import HeldBack
from tongban.testing.simulation.checkers.h_inquiries import Inquiries
from tongban.testing.simulation.checkers.h_many_parties import ManyParties
from tongban.testing.simulation.checkers.h_quota import WithinQuota
from tongban.testing.simulation.checkers.h_rules_told import RulesTold
from tongban.testing.simulation.checkers.h_same_views import SameViews
from tongban.testing.simulation.checkers.i_frozen import Frozen
from tongban.testing.simulation.checkers.i_proofs import Proofs
from tongban.testing.simulation.checkers.i_refused_kept import RefusedKept
from tongban.testing.simulation.checkers.j_keys import Keys
from tongban.testing.simulation.world import World

#: In the order in which they look.
CHECKERS: Sequence[Callable[[World], Checker]] = (
    UncertainDisk,
    OneHistory,
    HomeBeginsAnew,
    Repaired,
    NothingLost,
    Acknowledged,
    BodiesKept,
    SameRoots,
    OnceInOrder,
    SameOutcome,
    InForce,
    RunOffs,
    Granted,
    WithinLimits,
    AgreedText,
    Authorised,
    StillOffered,
    OneHolder,
    HandedOver,
    OneDeadline,
    Recalled,
    CanMove,
    FewWords,
    WithinQuota,
    SameViews,
    ManyParties,
    Inquiries,
    RulesTold,
    HeldBack,
    Proofs,
    Frozen,
    RefusedKept,
    Keys,
    Rebuilt,
)
