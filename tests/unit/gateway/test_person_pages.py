"""The readable pages of an export: times of the shop's zone, names, and nothing that runs."""

from services.gateway.rest.persons.pages import Pages

TOLD = {
    "id": "7",
    "events": [
        {
            "type": "conversation.started.v1",
            "at": "2026-11-22T13:00:00Z",
            "page": '{"url": "https://shop.example/<b>", "title": "Mugs & more"}',
        },
        {"type": "conversation.operator_assigned.v1", "at": "2026-11-22T13:00:01.5Z", "operator": "o_1"},
        {
            "type": "conversation.message_said.v1",
            "at": "2026-07-22T13:00:02Z",
            "sender": "visitor",
            "text": "<img src=x onerror=alert(1)> {to}",
        },
        {"type": "conversation.message_said.v1", "at": "2026-11-22T13:00:03Z", "sender": "operator", "operator": "o_1"}
        | {"text": "Hello"},
        {"type": "conversation.rated.v1", "at": "2026-11-22T13:00:04Z", "score": 4, "comment": "Good"},
        {"type": "conversation.something_newer.v9", "at": "2026-11-22T13:00:05Z"},
    ],
}


def test_conversation_reads_in_the_shops_time_and_runs_nothing() -> None:
    page = Pages({"o_1": "Ada {score} & Co"}.__getitem__, "Europe/Warsaw").conversation(TOLD)
    assert "Taken by Ada {score} &amp; Co <small>22 November 2026, 14:00:01 CET</small>" in page
    assert "You <small>22 July 2026, 15:00:02 CEST</small>" in page
    assert "&lt;img src=x onerror=alert(1)&gt; {to}" in page
    assert "url: https://shop.example/&lt;b&gt;\ntitle: Mugs &amp; more" in page
    assert "Rated 4 of 5" in page
    assert "conversation.something_newer.v9" in page
    assert "<img" not in page
    assert "default-src 'none'" in page


def test_unknown_zone_is_utc() -> None:
    assert "13:00:00 UTC" in Pages(str, "Nowhere/At all").conversation(TOLD)


def test_what_was_typed_stands_as_it_was_typed_also_where_it_looks_like_json() -> None:
    typed = '{"order": 7}' + "[" * 3_000
    left = {"type": "offline_message.left.v1", "at": "2026-11-22T13:00:00Z", "text": typed}
    rated = {"type": "conversation.rated.v1", "at": "2026-11-22T13:00:01Z", "score": 1, "comment": "[" * 3_000}
    page = Pages(str, "UTC").conversation({"id": "7", "events": [left, rated]})
    assert typed.replace('"', "&quot;") in page
    assert "[" * 3_000 in page
