"""Pushes: whom an event is pushed to, what it says, and what push services' answers mean."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import http_ece
import jwt
import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from contracts.conversations import events as happened
from contracts.engagement.campaigns import CampaignContent, Notice
from contracts.ids import desk_id
from services.common.vapid import CURVE, VapidKey, base64url, from_base64url
from services.notifier.outcomes import Never
from services.notifier.push import policy
from services.notifier.push.campaigns.notices import Address, Errand, Spoken, parcel
from services.notifier.push.policy import Absences, NewPush, Said, pushes_for, unheard
from services.notifier.push.sealing import (
    MOST_CLEAR,
    Tokens,
    headers,
    payload,
    sealed,
    topic_for,
)
from services.notifier.push.services import NoSuchSubscription, SlowDown, TooLarge, _judge, wait_of
from services.notifier.push.texts import TEXTS
from tests.support.push_service import Browser
from tests.support.told import START, Told

SERVICES = Path(__file__).parents[3] / "services"
ANN = frozenset({"o_ann"})
ENDPOINT = "https://push.example:8443/send/abc?x=1"


def presence(kind: type[happened.Event], operator: str = "o_ann", after: float = 0, **fields: object) -> happened.Event:
    where = {"originator_id": desk_id("demo"), "originator_version": 2, "shop": "demo"}
    given = {**where, "timestamp": START + timedelta(seconds=after), "operator": operator, **fields}
    return kind(**given)  # type: ignore[arg-type]  # the fields of every kind of presence


def away(operator: str = "o_ann", after: float = 0) -> happened.OperatorMarkedAway:
    event = presence(happened.OperatorMarkedAway, operator, after)
    assert isinstance(event, happened.OperatorMarkedAway)
    return event


def absences(*events: happened.Event, wanting: frozenset[str] = ANN) -> Absences:
    followed = Absences([], wanting)
    for event in events:
        followed.apply(event)  # type: ignore[arg-type]  # of presence all
    return followed


@pytest.mark.parametrize(
    ("events", "absent"),
    [
        ([away()], ANN),
        ([away("o_bob")], frozenset()),  # wants none
        ([away(), presence(happened.OperatorMarkedBack)], frozenset()),
        ([away(), presence(happened.OperatorWentOffline, reason="asked")], frozenset()),
        ([away(), presence(happened.OperatorWentOffline, reason="gone")], ANN),
        ([presence(happened.OperatorWentOffline, reason="gone")], frozenset()),
        (
            [
                away(),
                presence(happened.OperatorWentOffline, reason="gone"),
                presence(happened.OperatorWentOnline, channels=[1], reopens=True),
            ],
            frozenset(),
        ),
        ([away(), presence(happened.OperatorMarkedBack), away(after=5)], ANN),
    ],
)
def test_absent_is_who_vanished_and_has_not_come_back_or_left(
    events: list[happened.Event], absent: frozenset[str]
) -> None:
    assert absences(*events).of("demo", START + timedelta(hours=1)) == absent


def test_after_half_a_day_they_have_gone_home() -> None:
    followed = absences(away())
    assert followed.of("demo", START + timedelta(hours=13)) == frozenset()
    assert followed.of("other", START) == frozenset()


def test_visitors_word_is_for_who_holds_the_conversation_if_they_were_absent() -> None:
    told = Told().started().visitor_says("Hello").operator_says("Hi")
    word, answer = told.events[2], told.events[3]
    called = pushes_for(word, ANN)
    assert isinstance(called, Said)
    assert policy.word_for(called, "o_ann") == NewPush("demo", "o_ann", "message", told.id, 3)
    assert policy.word_for(called, "o_bob") is None
    assert policy.word_for(called, None) is None
    assert pushes_for(answer, ANN) is None
    assert pushes_for(word, frozenset()) is None


def test_conversation_that_comes_to_them_and_alerts_are_pushed() -> None:
    told = Told().started()
    told.add(happened.ConversationTransferred, to="o_bob", channel=1, how="transfer", operator="o_ann")
    told.add(happened.LeftUnanswered, since=START, operator="o_ann").add(happened.LeftUnanswered, since=START)
    both = frozenset({"o_ann", "o_bob"})
    found = [pushes_for(event, both) for event in told.events]
    assert found == [
        None,
        [NewPush("demo", "o_ann", "assigned", told.id, 2)],
        [NewPush("demo", "o_bob", "assigned", told.id, 3)],
        [NewPush("demo", "o_ann", "unanswered", told.id, 4)],
        [NewPush("demo", "o_ann", "unanswered", told.id, 5), NewPush("demo", "o_bob", "unanswered", told.id, 5)],
    ]


def test_unheard_are_last_words_of_visitors_shortly_before() -> None:
    open_, answered, elsewhere = Told().started(), Told().started(), Told(shop="other").started()
    open_.visitor_says("One").visitor_says("Two")
    answered.visitor_says("Three").operator_says("Yes")
    elsewhere.visitor_says("Four")
    events = [*open_.events, *answered.events, *elsewhere.events]
    assert unheard(events, "demo", START + timedelta(seconds=25)) == [open_.events[-1]]
    assert unheard(events, "demo", START + timedelta(seconds=120)) == []


@pytest.mark.parametrize(
    ("locale", "language"), [("en", "en"), ("fr-CA", "fr"), ("PL", "pl"), ("de", "en"), ("", "en")]
)
def test_every_push_speaks_the_browsers_language(locale: str, language: str) -> None:
    for kind in ("message", "assigned", "unanswered"):
        said = msgspec.json.decode(payload(kind, uuid4(), locale))
        assert (said["title"], said["body"], said["lang"]) == (*TEXTS[language][kind], language)


def test_payload_opens_with_the_browsers_keys_alone() -> None:
    browser, other = Browser(ENDPOINT, ""), Browser(ENDPOINT, "")
    body = sealed(b"clear", browser.point, browser.secret)
    opened = http_ece.decrypt(body, private_key=browser.private, auth_secret=browser.secret, version="aes128gcm")
    assert opened == b"clear"
    with pytest.raises(http_ece.ECEException):
        http_ece.decrypt(body, private_key=other.private, auth_secret=browser.secret, version="aes128gcm")
    assert b"clear" not in body
    with pytest.raises(ValueError, match=r"[Ii]nvalid|curve"):
        sealed(b"clear", b"\x04" + bytes(64), browser.secret)


def test_longest_notice_fits_into_a_push_and_nothing_longer_is_sealed() -> None:
    browser = Browser("https://push.example/push/1", "")
    said = browser.as_json()["keys"]
    notices = {"en": Notice(subject="\N{BELL}" * 60, text="\N{BELL}" * 180)}
    content = CampaignContent(notices=notices, url="https://" + "x" * 1_992, topic="t" * 32)
    address = Address(browser.endpoint, said["p256dh"], said["auth"])
    tokens = Tokens(VapidKey(ec.generate_private_key(CURVE)), "")
    errand = Errand(uuid4(), uuid4(), "en", 0)
    assert len(parcel(Spoken(content, "https://" + "i" * 292), errand, address, tokens).body) <= 4_096
    assert len(sealed(b"x" * MOST_CLEAR, browser.point, browser.secret)) == 4_096
    with pytest.raises(TooLarge):
        sealed(b"x" * (MOST_CLEAR + 1), browser.point, browser.secret)


@pytest.mark.parametrize(("language", "title"), [("fr-CA", "De retour"), ("en", "It is back"), ("pl", "It is back")])
def test_notice_is_in_the_browsers_language_with_the_shops_icon_for_as_long_as_is_left(
    language: str, title: str
) -> None:
    browser, icon = Browser(ENDPOINT, ""), "https://shop.example/icon.png"
    notices = {"en": Notice(subject="It is back"), "fr": Notice(subject="De retour")}
    said = Spoken(CampaignContent(notices=notices, url="https://shop.example/mug", ttl=3_600), icon)
    errand = Errand(uuid4(), uuid4(), language, 600.0)
    address = Address(ENDPOINT, base64url(browser.point), base64url(browser.secret))
    sent = parcel(said, errand, address, Tokens(VapidKey(ec.generate_private_key(CURVE)), ""))
    clear = http_ece.decrypt(sent.body, private_key=browser.private, auth_secret=browser.secret, version="aes128gcm")
    assert msgspec.json.decode(clear) == {
        "kind": "campaign",
        "title": title,
        "body": "",
        "url": "https://shop.example/mug",
        "icon": icon,
        "tag": f"shopbell:{errand.campaign}",
        "campaign": str(errand.campaign),
        "delivery": str(errand.delivery),
    }
    assert (sent.headers["TTL"], sent.headers["Urgency"]) == ("3000", "normal")


def test_token_is_for_one_origin_and_used_until_it_is_about_to_run_out() -> None:
    now = 1_800_000_000.0
    key = VapidKey(ec.generate_private_key(CURVE))
    tokens = Tokens(key, "mailto:bell@shop.example", clock=lambda: now)
    first = tokens.authorization(ENDPOINT)
    token = first.removeprefix("vapid t=").partition(",")[0]
    claims = jwt.decode(
        token, key.private.public_key(), ["ES256"], audience="https://push.example:8443", options={"verify_exp": False}
    )
    assert claims == {
        "aud": "https://push.example:8443",
        "exp": now + 12 * 3_600,  # no more than a day (RFC 8292, section 2)
        "sub": "mailto:bell@shop.example",
    }
    assert first.endswith(f", k={key.public}")
    assert tokens.authorization("https://other.example/send/abc") != first
    assert tokens.authorization(f"{ENDPOINT}&y=2") == first
    now += 11 * 3_600
    assert tokens.authorization(ENDPOINT) == first
    now += 1
    assert tokens.authorization(ENDPOINT) != first


def test_pushes_of_one_conversation_share_a_topic_and_what_is_late_lives_no_longer() -> None:
    tokens = Tokens(VapidKey(ec.generate_private_key(CURVE)), "")
    talk = uuid4()
    said = headers(ENDPOINT, tokens, topic=topic_for(talk), ttl=-3.0)
    assert (said["TTL"], said["Urgency"], len(said["Topic"])) == ("0", "high", 32)
    assert topic_for(talk) == topic_for(talk) != topic_for(uuid4())


@pytest.mark.parametrize(
    ("status", "raised"),
    [
        (404, NoSuchSubscription),
        (410, NoSuchSubscription),
        (429, SlowDown),
        (500, SlowDown),
        (503, SlowDown),
        (400, Never),
        (401, Never),
        (403, Never),
        (413, TooLarge),
        (301, Never),
    ],
)
def test_answer_means_ended_slower_or_never(status: int, raised: type[Exception]) -> None:
    with pytest.raises(raised) as found:
        _judge(status, None)
    assert found.type is raised


@pytest.mark.parametrize(
    ("status", "retry_after", "seconds"), [(429, "7", 7.0), (429, None, 5.0), (503, "30", 30.0), (503, None, None)]
)
def test_service_that_asks_for_time_says_how_much(status: int, retry_after: str | None, seconds: float | None) -> None:
    with pytest.raises(SlowDown) as found:
        _judge(status, retry_after)
    assert found.value.seconds == seconds


def test_reasons_that_the_dashboard_translates_are_said_here() -> None:
    said = "".join(file.read_text() for file in (SERVICES / "notifier/push").rglob("*.py"))
    translated = (SERVICES / "gateway/web/src/dashboard/push/reasons.ts").read_text()
    reasons = re.findall(r'^ {2}"(.+?)": \{ fr', translated, re.MULTILINE)
    assert [one for one in reasons if one not in said] == []
    assert len(reasons) > 10


def test_every_yes_is_a_yes() -> None:
    for status in (200, 201, 202, 204):
        _judge(status, None)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        (None, None),
        ("", None),
        ("30", 30.0),
        ("999999", 3_600.0),
        ("Sun, 01 Mar 2026 09:01:00 GMT", 60.0),
        ("Sun, 01 Mar 2020 09:01:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
    ],
)
def test_retry_after_comes_in_seconds_or_as_a_date(said: str | None, seconds: float | None) -> None:
    assert wait_of(said, datetime(2026, 3, 1, 9, tzinfo=UTC)) == seconds


def test_base64url_has_no_padding_and_takes_it() -> None:
    assert base64url(b"\xfb\xff\xfe") == "-__-"
    assert from_base64url("-__-") == b"\xfb\xff\xfe"
    assert from_base64url("YQ") == from_base64url("YQ==") == b"a"
    for wrong in ("+//+", "ä", "a"):
        with pytest.raises(ValueError, match=r"base64|padding|data characters"):
            from_base64url(wrong)
