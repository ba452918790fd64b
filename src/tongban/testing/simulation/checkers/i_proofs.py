"""I: misbehaviour of a peer yields a proof that anybody can check, and nobody else is accused."""

from tongban.node.misbehaviour.export import export_misbehaviour
from tongban.node.misbehaviour.verify import verify_misbehaviour
from tongban.testing.simulation.checkers.database import SQL, rows
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World


class Proofs:
    """Exports every proof that honest machines hold, and verifies it as an outsider would."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """Whoever signed two roots where a partner could see it is found out at once."""
        for name, liar in self._world.found_out:
            machine = self._world.machines[name]
            if machine.running and not machine.disk.dead and not _accused(machine, liar):
                raise Violation("I", f"{name} holds nothing against {liar}, who signed two roots")

    def look_at_last(self) -> None:
        """Every proof holds, and is about somebody who did it."""
        self.look()
        guilty = self._world.liars | self._world.signatures.twice | self._world.signatures.forgiven
        for machine in self._world.honest:
            for other in self._world.names:
                for number in range(1, _accused(machine, other) + 1):
                    if other not in guilty:
                        raise Violation("I", f"{machine.name} accuses {other}, who did nothing")
                    _check_proof(machine, other, number)


def _accused(machine: Machine, other: str) -> int:
    ((count,),) = rows(machine, SQL["contradictions"], other)
    return int(count)


def _check_proof(machine: Machine, other: str, number: int) -> None:
    proof = export_misbehaviour(machine.node.kernel, other, number, descriptor=machine.descriptor)
    report = verify_misbehaviour(proof)
    if not report.verified:
        words = f"the proof of {machine.name} against {other} fails: {report.problems}"
        raise Violation("I", words)
