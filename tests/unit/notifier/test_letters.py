"""What mails say and to whom."""

from typing import Any
from uuid import uuid4

import msgspec
import pytest

from contracts.conversations import events as happened
from contracts.conversations.attachments import AttachmentDetails
from contracts.conversations.settings import MailTemplate
from services.common.attachments.details import details_text
from services.notifier.letters import answer, offline_message, transcript
from services.notifier.letters.letter import NotWanted, Unsendable
from services.notifier.policy import mail_for, mail_id, pause_after
from services.notifier.rendering import render
from services.notifier.replies.words import unread_of
from services.notifier.texts import CATALOGUE
from tests.support.told import Told
from tests.unit.notifier.letters import AGGREGATE, event, left, mail_settings, office

LANGUAGES = sorted(CATALOGUE)


def answered(seq: int = 2, text: str = "Yes.") -> happened.OfflineMessageAnswered:
    made: happened.OfflineMessageAnswered = event(
        happened.OfflineMessageAnswered, seq, 60, operator="o_maja", answer="a-12345678", text=text
    )
    return made


def talk(*texts: str, **fields: Any) -> tuple[Any, list[Any], Any]:
    """A start, what both sides say in turn, and the request for a copy."""
    started = event(happened.ConversationStarted, 1, visitor="g_1", origin="o", **fields)
    said = [
        event(
            happened.MessageSaid,
            number,
            number,
            sender="visitor" if number % 2 == 0 else "operator",
            message=f"m-{number:08d}",
            text=text,
            operator=None if number % 2 == 0 else ("o_maja", "o_camille")[number // 2 % 2],
        )
        for number, text in enumerate(texts, start=2)
    ]
    asked = event(happened.TranscriptRequested, len(texts) + 2, 99, by="visitor", email="h@posteo.example")
    return started, said, asked


def test_texts_of_all_languages_have_the_same_keys_and_places() -> None:
    places = {
        language: {key: sorted(part.split("}")[0] for part in text.split("{")[1:]) for key, text in texts.items()}
        for language, texts in CATALOGUE.items()
    }
    assert all(found == places["en"] for found in places.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_is_written_in_every_language(language: str) -> None:
    here = office(languages=[language])
    for letter in (
        offline_message.compose(left(), here),
        offline_message.compose(left(first_name=None, last_name=None, email=None, page=None), here),
        answer.compose(left(), answered(), [], here),
        transcript.compose(*talk("Hello", "Hi"), here),
    ):
        written = render(letter)
        assert "{" not in written.subject + written.text
        assert written.html.count("<html") == 1
        assert f'lang="{language}"' in written.html


@pytest.mark.parametrize(
    ("locale", "heading"), [("pl-PL", "Odpowiedź (Maja)"), ("fr", "Maja vous a répondu"), ("de", "Maja answered you")]
)
def test_visitors_are_written_to_in_their_language_if_the_shop_speaks_it(locale: str, heading: str) -> None:
    assert heading in render(answer.compose(left(locale=locale), answered(), [], office())).text


def test_html_in_every_field_stays_text() -> None:
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&"
    page = '{"url":"https://www.morrow.example/\\"><script>","title":"<script>"}'
    fields = dict.fromkeys(("first_name", "last_name", "phone", "text"), nasty)
    here = office(mail=mail_settings(postal_address=nasty), name="<script>")
    for letter in (
        offline_message.compose(left(**fields, email=None, page=page, locale='"><script>'), here),
        answer.compose(left(**fields), answered(text=nasty), [], here),
        transcript.compose(*talk(nasty, nasty, name=nasty), here),
    ):
        html = render(letter).html
        assert "<script" not in html
        assert "<img" not in html


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://evil.example/",
        "data:text/html,x",
        "https://www.morrow.example@evil.example/",
        "//x",
    ],
)
def test_only_pages_of_the_shop_become_links(url: str) -> None:
    html = render(offline_message.compose(left(page=f'{{"url":"{url}","title":"Fala"}}'), office())).html
    assert "Fala" in html
    assert f'href="{url}"' not in html


@pytest.mark.parametrize("page", ["", "{", "[]", '{"url":1}', '{"url":"https://[","title":"x"}', "null"])
def test_broken_pages_are_left_out(page: str) -> None:
    assert render(offline_message.compose(left(page=page), office())).text


def test_answers_follow_each_other() -> None:
    letter = answer.compose(left(), answered(4), [answered(2), answered(3)], office())
    assert letter.follows == (mail_id(AGGREGATE, 2, "answer"), mail_id(AGGREGATE, 3, "answer"))
    assert letter.written


def test_transcript_names_files() -> None:
    started, said, asked = talk("Two pictures", "Thank you")
    file = AttachmentDetails(id=uuid4(), name="broken mug.png", type="image/png", size=7)
    with_file = msgspec.structs.replace(
        said[0], text="", attachments=(file.id,), attachment_details=details_text([file])
    )
    shown = transcript.compose(started, [with_file, *said[1:]], asked, office()).values["messages"]
    assert [one["text"] for one in shown] == ["File: broken mug.png", "Thank you"]


def test_transcript_names_all_who_answered() -> None:
    letter = transcript.compose(*talk("a", "b", "c", "d"), office())
    assert render(letter).text.startswith("Your conversation with Camille and Maja")
    assert [one["who"] for one in letter.values["messages"]] == ["You", "Camille", "You", "Maja"]


def test_long_transcript_keeps_its_end() -> None:
    letter = transcript.compose(*talk(*(f"{number} " + "x" * 3_000 for number in range(400))), office())
    assert len(letter.values["messages"]) < 70
    assert letter.values["messages"][-1]["text"].startswith("399")
    assert "left out here" in render(letter).text


def test_no_mail_without_an_address() -> None:
    with pytest.raises(NotWanted):
        offline_message.compose(left(), office(mail=mail_settings(notify="")))
    with pytest.raises(Unsendable):
        offline_message.compose(left(), office(mail=mail_settings(notify="counter")))
    with pytest.raises(Unsendable):
        answer.compose(left(email=None), answered(), [], office())


class TestOwnTemplates:
    """A shop's wording, by kind and language."""

    def test_parts_that_the_shop_has_written_take_the_place_of_ours(self) -> None:
        own = MailTemplate(subject="{{ operator }}, {{ shop }}", html="<p>{{ text|lines }}</p>")
        letter = answer.compose(
            left(), answered(text="<b>\n2"), [], office(mail=mail_settings(templates={"answer.pl": own}))
        )
        written = render(letter)
        assert written.subject == "Maja, Morrow Ceramics"
        assert written.html == "<p>&lt;b&gt;<br>\n2</p>"
        assert written.text.startswith("Odpowiedź (Maja)")

    def test_one_that_fails_keeps_nothing_from_being_sent(self) -> None:
        own = MailTemplate(subject="{{ nothing }}", text="{{ text|length > 'a' }}")
        letter = answer.compose(left(), answered(), [], office(mail=mail_settings(templates={"answer.pl": own})))
        assert render(letter).subject == "Odpowiedź: Morrow Ceramics"

    def test_a_subject_of_several_lines_is_one(self) -> None:
        own = MailTemplate(subject="Hello\r\nBcc: all@x.example")
        letter = answer.compose(left(), answered(), [], office(mail=mail_settings(templates={"answer.pl": own})))
        assert render(letter).subject == "Hello Bcc: all@x.example"


def test_each_attempt_waits_longer_up_to_an_hour() -> None:
    shortest = [pause_after(attempts, 30, 0) for attempts in range(1, 12)]
    assert shortest[:4] == [15, 30, 60, 120]
    assert shortest[-1] == 1_800
    assert pause_after(500, 30, 1) == 3_600


def test_unread_is_what_operators_said_behind_the_mark_and_the_visitors_own_last_word() -> None:
    told = Told().started().operator_says("One").visitor_says("Two").operator_says("Three").operator_says("Four")
    three, four = told.events[-2:]
    assert unread_of(told.events, 0) == [three, four]
    assert unread_of(told.events, three.originator_version) == [four]
    assert unread_of([*told.events, *Told().visitor_says("Five").events], 0) == []


def test_only_some_events_call_for_mails() -> None:
    assert mail_for(answered()) is not None
    assert mail_for(event(happened.ConversationArchived)) is None
    noted = mail_for(left())
    assert noted is not None
    assert noted.person == "g_1"
