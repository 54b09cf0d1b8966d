"""Reading initiatives: what is missing, who may assess on which anchors, deadlines, the use-once ledger, papers."""

from thidua.apps.initiatives.queries.ledger import (
    LedgerLine,
    law_of_year,
    ledger_of,
    title_name,
    unused_for,
    use_of,
    uses_of,
    versions,
)
from thidua.apps.initiatives.queries.papers import certificates, recognition_paper, register_paper
from thidua.apps.initiatives.queries.problems import (
    application_problems,
    cautions,
    lateness,
    scheduling_problems,
    vote_open,
)
from thidua.apps.initiatives.queries.reading import (
    Due,
    Scale,
    Similar,
    averages,
    due_of,
    initiatives_seen,
    item_of,
    points_most,
    scales,
    similar,
)

__all__ = [
    "Due",
    "LedgerLine",
    "Scale",
    "Similar",
    "application_problems",
    "averages",
    "cautions",
    "certificates",
    "due_of",
    "initiatives_seen",
    "item_of",
    "lateness",
    "law_of_year",
    "ledger_of",
    "points_most",
    "recognition_paper",
    "register_paper",
    "scales",
    "scheduling_problems",
    "similar",
    "title_name",
    "unused_for",
    "use_of",
    "uses_of",
    "versions",
    "vote_open",
]
