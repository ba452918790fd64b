"""What may go wrong, one kind a file; a new kind is one file and one line here."""

from collections.abc import Mapping

from tongban.testing.simulation.deeds import Deed
from tongban.testing.simulation.faults import (
    agreements,
    bounds,
    clocks,
    disks,
    equivocation,
    falls,
    floods,
    lies,
    overtaking,
    partitions,
    parts,
    rollbacks,
    rot,
    rotations,
    upgrades,
    weather,
)

#: After these no more can be claimed of some machine than that it harms nobody else.
FORFEITING = frozenset({"silent_rollback", "lie", "equivocation", "tampering"})

FAULTS: Mapping[str, Deed] = {
    "loss": weather.lose,
    "repetition": weather.repeat,
    "delay": weather.delay,
    "old_letter": weather.old_letter,
    "late_post": weather.late_post,
    "one_way_cut": partitions.cut_one_way,
    "cut": partitions.cut,
    "pause": falls.pause,
    "crash": falls.crash,
    "power_failure": falls.power_failure,
    "fall_at_a_write": falls.fall_at_a_write,
    "fall_in_recovery": falls.fall_in_recovery,
    "disk_full": disks.full,
    "fsync_failed": disks.failing_sync,
    "writes_failed": disks.failing_writes,
    "backup": rollbacks.back_up,
    "restored_backup": rollbacks.restore,
    "lost_disk": rollbacks.lose_disk,
    "lost_disk_and_fall": parts.lose_disk_and_fall,
    "overtaken": overtaking.overtaken,
    "ambushed": overtaking.ambushed,
    "both_forget": overtaking.both_forget,
    "keys_rotated": rotations.rotate,
    "silent_rollback": rollbacks.silently,
    "lie": lies.write,
    "equivocation": equivocation.equivocate,
    "tampering": lies.tamper,
    "flood": floods.flood,
    "bit_flip": rot.flip,
    "upgrade": upgrades.upgrade,
    "days_pass": clocks.days_pass,
    "clock_jump": clocks.jump,
    "moment": clocks.moment,
    "clock_skew": clocks.skew,
    "expiry": agreements.expiry,
    "suspension": agreements.suspension,
    "termination": agreements.termination,
    "amendment": agreements.amendment,
    "daily_limit": bounds.daily_limit,
    "publication": bounds.publication,
}
