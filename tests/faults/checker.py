"""Compares all the books: what is found here must not be, whatever was killed or paused."""

from tests.faults.books import Books
from tests.faults.check_answers import check_answers, check_doubles, check_messages, check_order
from tests.faults.check_desk import check_desks
from tests.faults.check_log import check_collected, check_log, check_streams
from tests.faults.check_presence import check_presence
from tests.faults.check_reads import check_read_tables
from tests.faults.check_views import check_seen_by_all, check_silent_visitors, check_views
from tests.faults.findings import Check, Finding

CHECKS: tuple[Check, ...] = (
    check_log,
    check_streams,
    check_collected,
    check_answers,
    check_messages,
    check_doubles,
    check_order,
    check_views,
    check_seen_by_all,
    check_silent_visitors,
    check_desks,
    check_presence,
    check_read_tables,
)


def check(books: Books) -> list[Finding]:
    """All findings of all checks; an empty list is the only good one."""
    return [finding for one in CHECKS for finding in one(books)]
