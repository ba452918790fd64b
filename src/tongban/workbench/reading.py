"""Reading what belongs to a case: an open case is the purpose, a closed one asks for it.

Every read goes on the home log before it is shown, and the person concerned can see it.
"""

from collections.abc import Mapping

from django.http import HttpRequest

from tongban.accounts.actors import actor_of
from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.core.words import Words
from tongban.node.blobs.files import Reading
from tongban.pages.node_access import current_node
from tongban.pages.words import said
from tongban.projections.case_view import CaseView

#: Why somebody may look at a case in which nothing is owed any more.
PURPOSES: Mapping[str, Words] = {
    "applicant": Words(zh="申请人要求查看", en="The applicant asks to see it"),
    "complaint": Words(zh="核查投诉举报", en="Looking into a complaint"),
    "review": Words(zh="行政复议或者诉讼", en="Administrative review or lawsuit"),
    "mend": Words(zh="更正办理结果", en="Mending the result"),
    "archive": Words(zh="归档", en="Filing"),
}

#: What an open case is opened for, by role.
TASKS: Mapping[Role, Words] = {
    Role.COUNTER_CLERK: Words(zh="窗口办理", en="Counter work on the case"),
    Role.CASE_OFFICER: Words(zh="审查办件", en="Examining the case"),
}


def purpose_of(request: HttpRequest, view: CaseView, role: Role) -> str:
    """Why this officer may read now; "" where the purpose has to be given first."""
    if not view.state.ended:
        return TASKS[role].zh
    given = PURPOSES.get(request.GET.get("purpose", ""))
    return given.zh if given else ""


def purposes() -> list[tuple[str, str]]:
    """Code and words of each purpose, in the reader's language."""
    return [(code, said(words)) for code, words in PURPOSES.items()]


def read(view: CaseView, name: str, *, reader: Person, role: Role, purpose: str) -> bytes | None:
    """The body; None where it was erased or never came."""
    return current_node().read_body(
        view.row.case, name, reader=actor_of(reader, role), purpose=purpose
    )


def read_file(
    view: CaseView, name: str, *, reader: Person, role: Role, purpose: str
) -> Reading | None:
    """The same for a body of any size."""
    return current_node().read_file(
        view.row.case, name, reader=actor_of(reader, role), purpose=purpose
    )
