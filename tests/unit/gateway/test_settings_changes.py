"""Changes of settings: what they change, and how what is wrong with them is named."""

from typing import Any

import pytest

from contracts.conversations.settings import (
    FieldRule,
    FormFields,
    MailSettings,
    MailTemplate,
    OfflineForm,
    ShopSettings,
)
from services.common.setting_paths import replaced
from services.gateway.rest.problems import Problem
from services.gateway.rest.settings_changes import merged
from services.gateway.rest.settings_desk import check_members

CLOSED: list[list[dict[str, str]]] = [[]] * 7
MORNING = {"opens": "09:00", "closes": "12:30"}
EVENING = {"opens": "17:00", "closes": "24:00"}
MUGS = {"id": "mugs", "name": "Mugs", "page": "/mugs/*", "text": {"en": "Which mug is it to be?"}}
GLAZES = {"id": "glazes", "name": "Glazes", "operators": ["o_1"]}


def week(*monday: dict[str, str]) -> list[list[dict[str, str]]]:
    return [list(monday), *CLOSED[1:]]


NEEDED = {"requested": True, "required": True}


def test_members_that_are_not_given_stay_also_in_groups() -> None:
    before = ShopSettings(limit=3, mail=MailSettings(notify="counter@shop.example", from_name="Shop"))
    after = merged(before, {"mail": {"notify": "desk@shop.example"}, "retention": {"conversations_days": 30}})
    assert after.mail == MailSettings(notify="desk@shop.example", from_name="Shop")
    assert (after.limit, after.retention.conversations_days) == (3, 30)
    after = merged(before, {"offline_form": {"fields": {"phone": NEEDED}, "header": {"en": "Closed"}}})
    assert after.offline_form.fields.phone == FieldRule(requested=True, required=True)
    assert after.offline_form.fields.email == OfflineForm().fields.email
    assert merged(after, {"offline_form": {"header": {}}}).offline_form.header == {}


def test_a_rule_may_change_in_part() -> None:
    before = ShopSettings(chat_fields=FormFields(email=FieldRule(requested=True)))
    assert merged(before, {"chat_fields": {"email": {"required": True}}}).chat_fields.email.required


def test_template_of_a_language_that_was_given_up_stands_in_nobodys_way() -> None:
    mail = MailSettings(templates={"answer.fr": MailTemplate(subject="Bonjour")})
    given_up = ShopSettings(languages=["en"], mail=mail)
    _, whole = replaced(given_up, "mail.notify", "desk@shop.example")
    assert merged(given_up, {"mail": whole}).mail.notify == "desk@shop.example"
    _, whole = replaced(given_up, "mail.templates.answer.en", {"subject": "Hi"})
    assert set(merged(given_up, {"mail": whole}).mail.templates) == {"answer.en", "answer.fr"}
    with pytest.raises(Problem):
        merged(given_up, {"mail": {"templates": {"answer.fr": {"subject": "Salut"}}}})


def test_templates_are_kept_by_kind_and_language() -> None:
    after = merged(ShopSettings(), {"mail": {"templates": {"answer.en": {"subject": "From {{ shop }}"}}}})
    assert after.mail.templates == {"answer.en": MailTemplate(subject="From {{ shop }}")}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"colour": 1}, "colour"),
        ({"hours": {"week": CLOSED[1:]}}, "hours.week"),
        ({"hours": {"week": week({"opens": "12:00", "closes": "09:00"})}}, "hours.week"),
        ({"hours": {"week": week({"opens": "9:00", "closes": "12:00"})}}, "hours.week"),
        ({"hours": {"week": week({"opens": "24:00", "closes": "24:00"})}}, "hours.week"),
        ({"hours": {"week": week(EVENING, MORNING)}}, "hours.week"),
        ({"hours": {"week": week(MORNING, {"opens": "12:30", "closes": "17:00"})}}, "hours.week"),
        ({"hours": {"week": CLOSED, "exceptions": [{"date": "2026-02-30"}]}}, "hours.exceptions"),
        ({"hours": {"week": CLOSED, "exceptions": [{"date": "2026-12-24"}] * 2}}, "hours.exceptions"),
        ({"hours": {"week": CLOSED, "exceptions": [{"date": "24.12.2026"}]}}, "hours.exceptions"),
        ({"unanswered_after": 0}, "unanswered_after"),
        ({"departments": [GLAZES, {**GLAZES, "name": "Other"}]}, "departments"),
        ({"departments": [GLAZES, {**GLAZES, "id": "other", "name": "GLAZES"}]}, "departments"),
        ({"departments": [{**GLAZES, "operators": ["o_1", "o_1"]}]}, "departments"),
        ({"departments": [{**GLAZES, "id": "o_1"}]}, "departments"),
        ({"departments": [{**GLAZES, "name": "a\nb"}]}, "departments"),
        ({"departments": [{**GLAZES, "name": " "}]}, "departments"),
        ({"mail": {"colour": 1}}, "mail.colour"),
        ({"mail": None}, "mail"),
        ({"mail": []}, "mail"),
        ({"mail": {"notify": "nobody"}}, "mail.notify"),
        ({"mail": {"notify": "a@b.example, c@d.example"}}, "mail.notify"),
        ({"mail": {"notify": "a@b.example\r\nBcc: c@d.example"}}, "mail.notify"),
        ({"mail": {"reply_to": "Eve <a@b.example>"}}, "mail.reply_to"),
        ({"mail": {"from_address": 5}}, "mail.from_address"),
        ({"mail": {"from_name": "Shop\nBcc: c@d.example"}}, "mail.from_name"),
        ({"mail": {"from_name": "x" * 81}}, "mail.from_name"),
        ({"mail": {"postal_address": "a\x00b"}}, "mail.postal_address"),
        ({"mail": {"templates": {"answer.fr": {}}}}, "mail.templates.answer.fr"),
        ({"mail": {"templates": {"invoice.en": {}}}}, "mail.templates.invoice.en"),
        ({"mail": {"templates": {"answer": {}}}}, "mail.templates"),
        ({"mail": {"templates": {"answer.en": {"subject": "{{ 7 * 7 }}"}}}}, "mail.templates.answer.en.subject"),
        ({"mail": {"templates": {"answer.en": {"html": "{{ ''.__class__ }}"}}}}, "mail.templates.answer.en.html"),
        ({"mail": {"templates": {"answer.en": {"text": "{% for %}"}}}}, "mail.templates.answer.en.text"),
        ({"time_zone": "Europe/Krakow"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"offline_form": {"fields": {"phone": {"required": True}}}}, "offline_form.fields.phone"),
        ({"offline_form": {"fields": {"fax": NEEDED}}}, "offline_form.fields.fax"),
        ({"offline_form": {"fields": {"phone": {"requested": "yes"}}}}, "offline_form.fields.phone.requested"),
        ({"offline_form": {"fields": {"phone": True}}}, "offline_form.fields.phone"),
        ({"offline_form": {"background": "red"}}, "offline_form.background"),
        ({"offline_form": {"text": "#12345"}}, "offline_form.text"),
        ({"offline_form": {"welcome": {"en": "a\x07"}}}, "offline_form.welcome"),
        ({"chat_fields": {"email": {"required": True}}}, "chat_fields.email"),
        ({"retention": {"conversations_days": 0}}, "retention.conversations_days"),
        ({"retention": {"offline_messages_days": "never"}}, "retention.offline_messages_days"),
        ({"colours": {"header": {"background": "navy"}}}, "colours.header.background"),
        ({"privacy": None}, "privacy"),
        ({"privacy": {"notice": {"en": "a\x07"}}}, "privacy.notice"),
        ({"privacy": {"consent": True}}, "privacy.notice"),
        ({"privacy": {"link": "http://shop.example/privacy"}}, "privacy.link"),
        ({"privacy": {"link": "javascript:alert(1)"}}, "privacy.link"),
        ({"privacy": {"link": "https://"}}, "privacy.link"),
        ({"privacy": {"link": "https://shop.example/a b"}}, "privacy.link"),
        ({"invitations": [MUGS, MUGS]}, "invitations.1.id"),
        ({"invitations": [{**MUGS, "id": "operator"}]}, "invitations.0.id"),
        ({"invitations": [{**MUGS, "id": "Not a slug"}]}, "invitations"),
        ({"invitations": [{**MUGS, "name": " "}]}, "invitations.0.name"),
        ({"invitations": [{**MUGS, "name": "a\nb"}]}, "invitations.0.name"),
        ({"invitations": [{**MUGS, "text": {}}]}, "invitations.0.text"),
        ({"invitations": [{**MUGS, "text": {"en": "a\x07"}}]}, "invitations.0.text"),
        ({"invitations": [{**MUGS, "page": "mugs/*"}]}, "invitations.0.page"),
        ({"invitations": [{**MUGS, "page": "/mugs /"}]}, "invitations.0.page"),
        ({"invitations": [{**MUGS, "after": -1}]}, "invitations"),
        ({"push": {"icon": "http://shop.example/icon.png"}}, "push.icon"),
        ({"push": {"icon": "/icon.png"}}, "push.icon"),
        ({"push": {"icon": "https://shop.example/i con.png"}}, "push.icon"),
        ({"push": {"icon": "https://shop.example/icon.png"}, "origins": ["https://www.shop.example"]}, "push.icon"),
        ({"name": "Shop\nBcc: c@d.example"}, "name"),
        ({"operator_name": "\u202eShop"}, "operator_name"),
    ],
)
def test_what_is_wrong_is_named_by_its_path(given: dict[str, Any], field: str) -> None:
    with pytest.raises(Problem) as caught:
        merged(ShopSettings(), given)
    assert caught.value.status == 422
    assert caught.value.more["field"] == field
    assert caught.value.more["errors"][0]["detail"] == caught.value.detail


def test_form_that_asks_for_nothing_is_refused() -> None:
    nothing = {name: {"requested": False, "required": False} for name in FormFields.__struct_fields__}
    with pytest.raises(Problem) as caught:
        merged(ShopSettings(), {"offline_form": {"fields": nothing}})
    assert caught.value.more["field"] == "offline_form.fields"


def test_hours_and_departments_are_taken_whole_and_taken_away() -> None:
    exceptions = [{"date": "2026-12-24", "hours": [MORNING]}, {"date": "2026-12-25"}]
    given = {"hours": {"week": week(MORNING, EVENING), "exceptions": exceptions}, "departments": [GLAZES]}
    after = merged(ShopSettings(), {**given, "time_zone": "Europe/Warsaw", "unanswered_after": None})
    assert after.hours is not None
    assert [span.closes for span in after.hours.week[0]] == ["12:30", "24:00"]
    assert [one.date for one in after.hours.exceptions] == ["2026-12-24", "2026-12-25"]
    assert (after.departments[0].operators, after.unanswered_after) == (["o_1"], None)
    again = merged(after, {"limit": 3})
    assert (again.hours, again.departments) == (after.hours, after.departments)
    none = merged(after, {"hours": None, "departments": []})
    assert (none.hours, none.departments) == (None, [])


def test_only_staff_come_into_departments_and_who_left_may_stay() -> None:
    departments = merged(ShopSettings(), {"departments": [GLAZES]}).departments
    check_members(departments, [], ["o_1", "o_2"])
    check_members(departments, departments, [])
    with pytest.raises(Problem, match="doesn't work here"):
        check_members(departments, [], ["o_2"])


def test_icon_lies_on_an_allowed_origin_and_may_stay_where_one_was_given_up() -> None:
    icon = {"icon": "https://shop.example/icon.png"}
    after = merged(ShopSettings(origins=["https://SHOP.example:443"]), {"push": icon})
    assert after.push.icon == icon["icon"]
    given_up = merged(after, {"origins": ["https://new.example"]})
    assert merged(given_up, {"push": {"on": True, **icon}}).push.icon == icon["icon"]
    assert merged(given_up, {"push": {"icon": ""}}).push.icon == ""


def test_colours_privacy_and_invitations_are_taken() -> None:
    colours = {"header": {"background": "#204060"}, "visitor": {"text": "#FFFFFF"}}
    notice = {"notice": {"en": "We keep it a year."}, "link": "https://shop.example/privacy", "consent": True}
    after = merged(ShopSettings(), {"colours": colours, "privacy": notice, "invitations": [MUGS]})
    assert (after.colours.header.background, after.colours.visitor.text) == ("#204060", "#FFFFFF")
    assert after.privacy.consent
    assert (after.invitations[0].after, after.invitations[0].cart, after.invitations[0].on) == (30, None, True)
    assert merged(after, {"privacy": {"consent": False}}).privacy.link == "https://shop.example/privacy"
    assert merged(after, {"invitations": []}).invitations == []
