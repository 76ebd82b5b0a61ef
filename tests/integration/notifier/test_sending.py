"""From an event in the log to the mail server's yes, whatever the mail server does on the way."""

import asyncio

import dkim as dkim_library
import psycopg
import pytest
from msgspec.structs import replace

from contracts.conversations import events as happened
from contracts.conversations.settings import MailSettings
from contracts.ids import shop_aggregate_id
from services.common.settings import Settings
from tests.integration.notifier.conftest import MAIL, Rows, message, notifier, shop
from tests.support.mail_server import MailServer, mail_server
from tests.support.told import START, Told, append, erase_key
from tests.support.waiting import eventually


async def test_message_left_goes_to_the_shop_and_its_answer_to_the_visitor(settings: Settings, mails: Rows) -> None:
    told = message(shop(settings), page='{"url":"https://www.morrow.example/fala","title":"Fala"}')
    append(settings, told)
    async with mail_server() as server, notifier(settings, server.url) as running:
        await running.note()
        await eventually(lambda: server.taken)
        first = server.taken[0]
        assert (first.sender, first.recipients) == ("counter@morrow.example", ["counter@morrow.example"])
        assert str(first.message["Reply-To"]) == "Mateusz <m.zielinski@poczta.example>"
        assert "Dzień dobry!" in first.body()
        assert "Dzień dobry!" in first.body("html")
        for text in ("Tak, zapraszamy.", "Do 14:00."):
            append(
                settings, told.add(happened.OfflineMessageAnswered, operator="o_maja", answer="a-12345678", text=text)
            )
        await running.note()
        await eventually(lambda: len(server.taken) == 3)
    answers = sorted(server.taken[1:], key=lambda one: "In-Reply-To" in one.message)
    assert [one.recipients for one in answers] == [["m.zielinski@poczta.example"]] * 2
    assert str(answers[0].message["Reply-To"]) == "counter@morrow.example"
    assert answers[1].message["In-Reply-To"] == answers[0].message["Message-ID"]
    assert "> Dzień dobry!" in answers[0].body()
    assert [row[:2] for row in mails()] == [("offline_message", "sent"), ("answer", "sent"), ("answer", "sent")]


async def test_without_an_address_of_the_visitor_answers_go_to_the_default_of_the_shop(settings: Settings) -> None:
    mail = type(MAIL)(
        notify="counter@morrow.example", reply_to="desk@morrow.example", from_address="bell@morrow.example"
    )
    append(settings, message(shop(settings, mail=mail), email=None))
    async with mail_server() as server, notifier(settings, server.url) as running:
        await running.note()
        await eventually(lambda: server.taken)
    sent = server.taken[0]
    assert sent.sender == "bell@morrow.example"
    assert str(sent.message["Reply-To"]) == "desk@morrow.example"


async def test_transcript_says_what_both_sides_said_and_no_notes(settings: Settings) -> None:
    told = Told(shop(settings)).started(name="Hannah").visitor_says("Does it fit an oven?")
    told.add(happened.NoteAdded, operator="o_maja", text="Impatient").operator_says("Up to 220 °C.", "o_maja")
    told.add(happened.TranscriptRequested, by="visitor", email="hannah@posteo.example").visitor_says("Afterwards")
    append(settings, told)
    async with mail_server() as server, notifier(settings, server.url) as running:
        await running.note()
        await eventually(lambda: server.taken)
    body = server.taken[0].body()
    assert server.taken[0].recipients == ["hannah@posteo.example"]
    assert "You, 10:00\n  Does it fit an oven?" in body
    assert "Maja, 10:00\n  Up to 220 °C." in body
    assert "Impatient" not in body
    assert "Afterwards" not in body


async def test_refusal_for_good_is_final_and_shown_without_the_address(settings: Settings, mails: Rows) -> None:
    server = MailServer(on_recipient=lambda _: "550 5.1.1 <counter@morrow.example>: no such user")
    append(settings, message(shop(settings)))
    async with mail_server(server), notifier(settings, server.url) as running:
        await running.note()
        await eventually(lambda: mails() and mails()[0][1] == "failed")
    assert mails() == [("offline_message", "failed", 1, "550 5.1.1 There is no such mailbox.")]


async def test_greylisting_is_waited_out(settings: Settings, mails: Rows) -> None:
    server = MailServer(on_recipient=lambda asked: "451 4.7.1 Greylisted, come again" if asked < 2 else None)
    append(settings, message(shop(settings)))
    async with mail_server(server), notifier(settings, server.url) as running:
        await running.note()
        await eventually(lambda: mails() and mails()[0][3], what="the first refusal to be shown")
        assert mails()[0][:2] == ("offline_message", "pending")
        await eventually(lambda: mails()[0][1] == "sent", 20)
    assert mails() == [("offline_message", "sent", 3, None)]


async def test_server_that_hangs_up_after_the_mail_gets_it_again_under_the_same_id(
    settings: Settings, mails: Rows
) -> None:
    server = MailServer(on_data=lambda asked: "hang up" if asked == 0 else None)
    append(settings, message(shop(settings)))
    async with mail_server(server), notifier(settings, server.url) as running:
        await running.note()
        await eventually(lambda: mails() and mails()[0][1] == "sent", 20)
    assert len(server.taken) == 2
    assert len(set(server.message_ids)) == 1
    assert server.taken[0].data == server.taken[1].data


async def test_server_that_stalls_is_left_and_tried_again(settings: Settings, mails: Rows) -> None:
    server = MailServer(on_data=lambda asked: "stall" if asked == 0 else None)
    append(settings, message(shop(settings)))
    async with mail_server(server), notifier(settings, server.url, smtp_timeout=0.5) as running:
        await running.note()
        await eventually(lambda: mails() and mails()[0][3] == "The mail server did not answer in time.", 30)
        await eventually(lambda: mails()[0][1] == "sent", 20)
    assert len(server.taken) == 1


async def test_server_that_is_away_gets_all_of_it_when_it_is_back(settings: Settings, mails: Rows) -> None:
    server = MailServer()
    async with mail_server(server):
        pass
    append(settings, *(message(shop(settings), text=f"Number {number}") for number in range(5)))
    async with notifier(settings, server.url) as running:
        await running.note()
        await eventually(lambda: [row[3] for row in mails()] == ["The mail server can't be reached."] * 5)
        async with mail_server(server):
            await eventually(lambda: all(row[1] == "sent" for row in mails()), 20)
    assert len(set(server.message_ids)) == len(server.taken) == 5


async def test_after_the_time_for_trying_a_mail_counts_as_failed(settings: Settings, mails: Rows) -> None:
    server = MailServer(on_data=lambda _: "452 4.2.2 Over quota")
    append(settings, message(shop(settings)))
    async with mail_server(server), notifier(settings, server.url, mail_give_up_hours=1e-4) as running:
        await running.note()
        await eventually(lambda: mails() and mails()[0][1] == "failed", 20)
    assert mails()[0][3] == "452 4.2.2 The mailbox is full."


async def test_many_mails_share_connections(settings: Settings, mails: Rows) -> None:
    append(settings, *(message(shop(settings), text=f"Number {number}") for number in range(60)))
    async with mail_server() as server, notifier(settings, server.url) as running:
        await running.note()
        await eventually(lambda: len(server.taken) == 60, 20)
        await eventually(lambda: all(row[1] == "sent" for row in mails()))
    assert server.connections == 2


async def test_connection_that_the_server_closed_meanwhile_costs_no_attempt(settings: Settings, mails: Rows) -> None:
    append(settings, message(shop(settings)))
    async with mail_server() as server, notifier(settings, server.url) as running:
        await running.note()
        await eventually(lambda: server.taken)
        for connection in running.sender.connections:
            await _hang_up(connection)
        append(settings, message("morrow", text="Second"))
        await running.note()
        await eventually(lambda: all(row[1] == "sent" for row in mails()) and len(mails()) == 2)
    assert [row[2] for row in mails()] == [1, 1]


async def _hang_up(connection: object) -> None:
    client = getattr(connection, "_client", None)
    if client is not None and client.transport is not None:
        client.transport.abort()
    await asyncio.sleep(0)


@pytest.mark.parametrize("gone", ["erased", "deleted", "removed"])
async def test_what_is_erased_or_deleted_is_not_sent(settings: Settings, mails: Rows, gone: str) -> None:
    told = message(shop(settings))
    append(settings, told)
    if gone == "erased":
        erase_key(settings, told)
    elif gone == "deleted":
        append(settings, told.add(happened.OfflineMessageDeleted, operator="o_maja"))
    else:
        _remove_shop(settings)
    async with mail_server() as server, notifier(settings, server.url) as running:
        await running.note()
        await eventually(lambda: mails() and mails()[0][1] == "dropped")
    assert not server.taken


def _remove_shop(settings: Settings) -> None:
    told = Told("morrow")
    told.id = shop_aggregate_id("morrow")
    told.add(happened.ShopRemoved, author="shopbell")
    told.events = [replace(told.events[0], originator_version=2)]
    append(settings, told, keys=False)


async def test_shop_that_has_set_no_address_gets_none_and_is_told_what_an_answer_lacks(
    settings: Settings, mails: Rows
) -> None:
    told = message(shop(settings, mail=MailSettings()))
    append(settings, told.add(happened.OfflineMessageAnswered, operator="o_maja", answer="a-12345678", text="Yes"))
    async with mail_server() as server, notifier(settings, server.url) as running:
        await running.note()
        await eventually(lambda: {row[1] for row in mails()} == {"dropped", "failed"})
        assert [row[3] for row in mails()] == [
            "The shop has set no address for messages.",
            "The shop has no address to send from.",
        ]
        assert not server.taken


async def test_receipt_of_an_erasure_waits_until_it_is_done(
    settings: Settings, mails: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.notifier.attempts.NOT_YET_SECONDS", 0.1)
    told = Told(shop(settings))
    told.id = shop_aggregate_id("morrow")
    told.add(happened.PersonErased, number=31, persons=["g_1"], author="o_maja")
    told.events = [replace(told.events[0], originator_version=2)]
    append(settings, told, keys=False)
    async with mail_server() as server, notifier(settings, server.url) as running:
        await running.note()
        await eventually(lambda: mails() == [("receipt", "pending", 0, None)])
        with psycopg.connect(settings.dsn_of("log")) as connection:
            connection.execute(
                "INSERT INTO erasure.erasure (shop, number, persons, former, author, asked_at, notification_id,"
                " done_at, key_print, conversations, offline_messages, log_entries, backup_days)"
                " VALUES ('morrow', 31, '{}', '{}', 'o_maja', now(), 1, now(), '9c41e07a', 3, 1, 214, 30)"
            )
        await eventually(lambda: mails() == [("receipt", "sent", 1, None)])
    body = server.taken[0].body()
    assert server.taken[0].recipients == ["counter@morrow.example"]
    assert "Receipt: E-2026-0031\n" in body
    assert "Print of the destroyed key, SHA-256: 9c41 e07a\n" in body


async def test_nothing_personal_stands_in_the_table(settings: Settings, mails: Rows) -> None:
    append(settings, message(shop(settings), text="Planted text", last_name="Planted name"))
    async with mail_server() as server, notifier(settings, server.url) as running:
        await running.note()
        await eventually(lambda: mails() and mails()[0][1] == "sent")
    with psycopg.connect(settings.dsn_of("log")) as connection:
        rows = str(connection.execute("SELECT to_jsonb(mail) FROM mail.mail").fetchall())
    assert "Planted" not in rows
    assert "@" not in rows


async def test_mail_is_signed_once_a_key_signs(settings: Settings) -> None:
    append(settings, message(shop(settings)))
    async with mail_server() as server, notifier(settings, server.url) as running:
        key = await running.dkim.create("morrow", "morrow.example", START)
        await running.note()
        await eventually(lambda: len(server.taken) == 1)
        assert await running.dkim.sign_with("morrow", key.selector)
        append(settings, message("morrow"))
        await running.note()
        await eventually(lambda: len(server.taken) == 2)
    unsigned, signed = (one.data for one in server.taken)
    assert b"DKIM-Signature" not in unsigned
    record = {f"{key.record_name}.".encode(): key.record.encode()}
    assert dkim_library.verify(signed, dnsfunc=lambda name, timeout=5: record[name])
    assert not dkim_library.verify(
        signed.replace(b"Subject: ", b"Subject: x"), dnsfunc=lambda name, timeout=5: record[name]
    )
