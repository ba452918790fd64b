"""What must hold of a bundle, one file for each concern; a new check is one file and one line."""

from collections.abc import Sequence

from tongban.node.bundles.checks.bases import check_bases
from tongban.node.bundles.checks.bodies import check_bodies
from tongban.node.bundles.checks.documents import check_documents
from tongban.node.bundles.checks.generations import check_generations
from tongban.node.bundles.checks.outcomes import check_outcomes
from tongban.node.bundles.checks.parties import check_parties
from tongban.node.bundles.checks.relevance import check_relevance
from tongban.node.bundles.checks.sequence import check_sequence
from tongban.node.bundles.checks.signatures import check_signatures
from tongban.node.bundles.checks.statements import check_statements
from tongban.node.bundles.checks.trust import check_trust
from tongban.node.bundles.examination import Check

CHECKS: Sequence[Check] = (
    check_parties,
    check_trust,
    check_signatures,
    check_statements,
    check_relevance,
    check_sequence,
    check_outcomes,
    check_generations,
    check_documents,
    check_bases,
    check_bodies,
)
