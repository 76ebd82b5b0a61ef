"""From a letter to its subject, its plain text and its HTML: the shop's own template where it has one, else ours."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from services.common import mail_templates
from services.common.logs import logger
from services.notifier import cleaning
from services.notifier.letters.letter import Letter

log = logger(__name__)

FOLDER: Final = Path(__file__).parent / "templates"
SIGNATURE: Final = "-- "
"""What mail readers know the foot of a plain text by (RFC 3676, section 4.3)."""


class Written(NamedTuple):
    """A letter's words."""

    subject: str
    text: str
    html: str


def render(letter: Letter) -> Written:
    """What the mail says. A template of the shop's that fails has ours in its place: nothing stays unsent for it."""
    subject = _own(letter, "subject", letter.template.subject) or letter.words["subject"]
    subject = cleaning.line(letter.mark + subject)
    text = _own(letter, "text", letter.template.text) or _plain(letter)
    html = _own(letter, "html", letter.template.html) or _html(letter, subject)
    return Written(subject, text, html)


def _own(letter: Letter, part: str, source: str | None) -> str:
    """The shop's version of one part; empty if it has none, or none that works."""
    if not source:
        return ""
    try:
        return mail_templates.render(part, source, letter.values)
    except Exception as error:
        log.warning("A shop's mail template fails", kind=letter.kind, part=part, error=type(error).__name__)
        return ""


def _plain(letter: Letter) -> str:
    main = _PLAIN.get_template(f"{letter.kind}.txt").render(_values(letter)).strip("\n")
    words = letter.words
    ends = f"{words['unsubscribe']}{words['colon']}{letter.unsubscribe}" if "unsubscribe" in words else ""
    foot = "\n".join(filter(None, (SIGNATURE, words["foot"], ends, letter.values["address"])))
    return f"{main}\n\n{foot}\n"


def _html(letter: Letter, subject: str) -> str:
    return _HTML.get_template(f"{letter.kind}.html").render(_values(letter), subject=subject)


def _values(letter: Letter) -> Mapping[str, Any]:
    return {**letter.values, "words": letter.words}


def _quoted(text: str) -> str:
    """Each line behind `> `."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _indented(text: str) -> str:
    return "\n".join(f"  {line}".rstrip() for line in text.splitlines())


def _environment(*, html: bool) -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(FOLDER),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"lines": mail_templates.lines, "quoted": _quoted, "indented": _indented}
    return made


_PLAIN: Final = _environment(html=False)
_HTML: Final = _environment(html=True)
