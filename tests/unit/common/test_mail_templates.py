"""What a shop may write into its own mails."""

import pytest

from services.common.mail_templates import MOST_CHARACTERS, MOST_LOOPS, MOST_VALUES, BadTemplate, check_template, render


@pytest.mark.parametrize(
    ("kind", "part", "source"),
    [
        ("answer", "subject", "{{ operator }} from {{ shop }}"),
        (
            "answer",
            "html",
            "<p>{{ text|lines }}</p>{% if question %}<blockquote>{{ question }}</blockquote>{% endif %}",
        ),
        (
            "transcript",
            "text",
            "{% for one in messages if one.from_visitor %}{{ one.at }} {{ one.text }}\n{% endfor %}",
        ),
        (
            "offline_message",
            "text",
            "{% for field in fields %}{{ field.label|upper }}: {{ field.value }}\n{% endfor %}",
        ),
        ("receipt", "text", "{{ number }}{{ ', ' if author else '' }}{{ author|default('somebody') }}"),
    ],
)
def test_templates_of_every_kind_are_taken(kind: str, part: str, source: str) -> None:
    check_template(kind, part, source)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ text", "unexpected end"),
        ("{{ password }}", "there is no password; there is address"),
        ("{{ text.__class__.__mro__ }}", "there is no"),
        ("{{ text['x'] }}", "an index"),
        ("{{ text.format(1) }}", "a call"),
        ("{{ range(10) }}", "a call"),
        ("{{ 'a' * 1000000000 }}", "Mul"),
        ("{{ text ~ text }}", "Concat"),
        ("{% set text = 1 %}", "set"),
        ("{% include '/etc/passwd' %}", "Include"),
        ("{% macro again() %}{% endmacro %}", "Macro"),
        ("{{ text|attr('x') }}", "there is no filter attr"),
        ("{{ 7|length }}", "fails when it is used"),
        ("{% for one in text %}{% endfor %}", "loops here go over messages"),
        ("{% for a in messages %}{% for b in messages %}{% endfor %}{% endfor %}", "not within each other"),
        ("{% for a in messages %}{{ a.secret }}{% endfor %}", "there is no secret"),
        ("{% for a in messages %}{{ a }}{% endfor %}", "there is no a;"),
        ("{% for a in messages %}{% endfor %}" * (MOST_LOOPS + 1), "loops"),
        ("{{ shop }}" * (MOST_VALUES + 1), "values"),
        ("{{" + "(" * 5000 + "shop" + ")" * 5000 + "}}", "read"),
        ("x" * (MOST_CHARACTERS["text"] + 1), "characters"),
    ],
)
def test_what_could_reach_out_or_grow_is_refused_with_one_sentence(source: str, said: str) -> None:
    with pytest.raises(BadTemplate, match=said):
        check_template("transcript", "text", source.replace("{{ text", "{{ shop"))


def test_unknown_kind_or_part_is_refused() -> None:
    with pytest.raises(BadTemplate):
        check_template("campaign", "text", "")
    with pytest.raises(BadTemplate):
        check_template("answer", "attachment", "")


def test_values_are_escaped_in_html_and_nowhere_else() -> None:
    values = {"text": "<b>one</b>\ntwo & three"}
    assert render("html", "{{ text|lines }}", values) == "&lt;b&gt;one&lt;/b&gt;<br>\ntwo &amp; three"
    assert render("text", "{{ text|lines }}", values) == "<b>one</b>\ntwo & three"
