"""What came to the counter before a dispatch, read back for it inside one transaction."""

from collections.abc import Iterator

from tongban.core.body import Body
from tongban.core.entry import Subject
from tongban.node.work import Work, readable


def bodies_of(work: Work, subject: Subject) -> tuple[Body, ...]:
    """The newest body of each name that stands beside an entry about the subject.

    Raises BodyDamaged where one of them rotted; what was erased is left out.
    """
    newest = {body.name: body for body in _bodies(work, subject)}
    return tuple(newest.values())


def _bodies(work: Work, subject: Subject) -> Iterator[Body]:
    store, connection = work.kernel.store, work.connection
    for line in store.journal_of(connection, subject.kind.value, subject.id):
        entry = readable(line.data)
        for each in entry.commitments if entry else ():
            found = store.body(connection, line.log, line.generation, line.index, each.name)
            if found is not None:
                yield Body(name=each.name, media=each.media, content=found.content, blob=each.blob)
