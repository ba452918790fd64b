"""Storing before signing, signing what was stored, and nothing twice."""

from collections.abc import Sequence

from tongban.testing.simulation.planted.bug import Bug

IN_STORAGE: Sequence[Bug] = (
    Bug(
        name="commit_without_sync",
        module="tongban.node.plain_database",
        before='"PRAGMA synchronous=FULL"',
        after='"PRAGMA synchronous=OFF"',
        breaks="A power failure takes back what was countersigned.",
    ),
    Bug(
        name="commit_synced_only_at_checkpoints",
        module="tongban.node.plain_database",
        before='"PRAGMA synchronous=FULL"',
        after='"PRAGMA synchronous=NORMAL"',
        breaks="A power failure takes back the last transactions.",
    ),
    Bug(
        name="failed_commit_is_not_told",
        module="tongban.node.plain_database",
        before="""        except BaseException:
            self._undo(connection)
            raise""",
        after="""        except sqlite3.OperationalError:
            self._undo(connection)
        except BaseException:
            self._undo(connection)
            raise""",
        breaks="What a full disk did not store is acknowledged.",
    ),
    Bug(
        name="every_statement_commits_by_itself",
        module="tongban.node.plain_database",
        before='connection.execute("BEGIN IMMEDIATE")',
        after='connection.execute("SELECT 1")',
        breaks="A fall in the middle leaves half a command.",
    ),
    Bug(
        name="no_rollback",
        module="tongban.node.plain_database",
        before="""        except BaseException:
            self._undo(connection)
            raise""",
        after="""        except BaseException:
            connection.execute("COMMIT")
            raise""",
        breaks="A refused command leaves what it had written.",
    ),
    Bug(
        name="statements_are_dated_when_signed",
        module="tongban.node.signing",
        before="checkpoint = Checkpoint(origin=statement.origin, size=statement.size, root=statement.root)",
        after="checkpoint = Checkpoint(origin=statement.origin, size=statement.size, root=kernel.identity.suite.digest(kernel.randomness.draw(8)))",
        breaks="What is signed is not what was stored.",
    ),
    Bug(
        name="cosigned_one_too_far",
        module="tongban.node.work",
        before="            size=head.size,\n            kind=kind,",
        after="            size=head.size + (kind is StatementKind.COSIGNATURE),\n            kind=kind,",
        breaks="An entry counts as stored that never came.",
    ),
    Bug(
        name="a_cosignature_is_stored_with_another_root",
        module="tongban.node.work",
        before="            root=head.range.root(head.suite),\n            # A clock",
        after="""            root=bytes(32)
            if kind is StatementKind.COSIGNATURE
            else head.range.root(head.suite),
            # A clock""",
        breaks="What a node says that it cosigned is not what it cosigned.",
    ),
    Bug(
        name="leaf_hash_not_checked",
        module="tongban.node.verifying",
        before="return (stated.size, stated.root) == (grown.size, root)",
        after="return stated.size >= grown.size",
        breaks="Entries that the writer never signed are stored.",
    ),
    Bug(
        name="entry_ids_from_the_clock_alone",
        module="tongban.node.identifiers",
        before="        value = max(value, _number(after) + 1)",
        after="        value = max(value, 0)",
        breaks="After a clock was set back, new entries count as repeated.",
    ),
    Bug(
        name="push_begins_one_too_late",
        module="tongban.node.pushes",
        before="        first=stretch.first,\n        entries",
        after="        first=stretch.first + (stretch.first > 2),\n        entries",
        breaks="The partner never gets what it lacks.",
    ),
    Bug(
        name="lost_answers_are_not_asked_again",
        module="tongban.node.delivery",
        before="        self._conversation.forget_standing(peer)\n        return self._hold_back(line, at_least=at_least)",
        after="        line.not_before = float('inf')\n        return line.not_before",
        breaks="After one lost letter the line is silent for ever.",
    ),
    Bug(
        name="cosignatures_are_not_kept",
        module="tongban.node.cosignatures",
        before="    if place > (row.cosigned_generation, row.cosigned_size):",
        after="    if False and place > (row.cosigned_generation, row.cosigned_size):",
        breaks="The writer never learns that its entries were stored.",
    ),
    Bug(
        name="a_rotten_end_is_believed",
        module="tongban.logs.sqlite.trees",
        before="if stored and stated in {None, stored.root(suite)}:",
        after="if stored:",
        breaks="A node signs roots that are not those of its entries.",
    ),
    Bug(
        name="a_rotten_hash_stays",
        module="tongban.node.mending",
        before="put_right(self._kernel, connection, window.log, window.generation, found)",
        after="pass",
        breaks="What a look found wrong is wrong for ever.",
    ),
    Bug(
        name="bodies_are_not_kept",
        module="tongban.node.arrivals",
        before="        _keep_bodies(work, log, arrival)\n",
        after="",
        breaks="An authority has entries, and none of the papers that they are about.",
    ),
    Bug(
        name="own_bodies_are_not_kept",
        module="tongban.node.work",
        before="            for body, salt in bodies:\n",
        after="            for body, salt in bodies[1:]:\n",
        breaks="What a person handed in is lost, receipt and all.",
    ),
    Bug(
        name="a_node_goes_on_after_a_failed_commit",
        module="tongban.node.storage",
        before="            self.lost = True\n",
        after="",
        breaks="What a node believes to be stored may not be on the platter.",
    ),
)
