"""The language in which a shop writes its own mails: a small part of Jinja2, checked before it is kept.

Values, `if`, `for` over the lists there are, and a few filters. Nothing that calls, calculates or nests loops: a
template's output is bounded by what goes into it, whoever wrote it.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, Literal

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

Kind = Literal["offline_message", "answer", "transcript", "receipt", "review_request", "review_reminder", "unread"]
Part = Literal["subject", "text", "html"]

KINDS: Final = ("offline_message", "answer", "transcript", "receipt", "review_request", "review_reminder", "unread")
PARTS: Final = ("subject", "text", "html")
MOST_CHARACTERS: Final = {"subject": 500, "text": 20_000, "html": 20_000}
MOST_VALUES: Final = 200
MOST_LOOPS: Final = 4
"""With these a mail is never more than so many times as large as what goes into it."""

_EVERYWHERE: Final = frozenset({"shop", "address", "at", "language"})
_UNSUBSCRIBE: Final = "unsubscribe_url"
_WAY_OUT: Final = "https://bell.example/v1/unsubscribe/aToken"
"""Stands for it when a template is tried; like a real one it is another in capitals, or without any."""
_REVIEW: Final = _EVERYWHERE | {
    "name",
    "number",
    "mode",
    "ordered",
    "received",
    "until",
    "products",
    "url",
    _UNSUBSCRIBE,
}
NAMES: Final[Mapping[str, frozenset[str]]] = {
    "offline_message": _EVERYWHERE
    | {"name", "first_name", "fields", "text", "page", "page_url", "site", "inbox_url"}
    | {"answers_reach_visitor"},
    "answer": _EVERYWHERE | {"name", "operator", "text", "question", "question_at"},
    "transcript": _EVERYWHERE | {"operators", "messages", "period", "reply_to"},
    "receipt": _EVERYWHERE
    | {"number", "asked_at", "done_at", "author", "conversations", "offline_messages", "log_entries", "key_print"},
    "review_request": _REVIEW,
    "review_reminder": _REVIEW,
    "unread": _EVERYWHERE | {"name", "operators", "messages", "url"},
}
"""What a template of each kind may name."""

LISTS: Final = {
    "fields": frozenset({"name", "label", "value"}),
    "messages": frozenset({"who", "at", "text", "from_visitor"}),
    "products": frozenset({"name", "variant", "title", "image", "link"}),
}
"""What can be gone through, and what each of its entries has."""

FILTERS: Final = frozenset({"default", "e", "escape", "length", "lines", "lower", "trim", "upper"})

_ALLOWED: Final = (
    nodes.And,
    nodes.Compare,
    nodes.CondExpr,
    nodes.Const,
    nodes.Filter,
    nodes.For,
    nodes.Getattr,
    nodes.If,
    nodes.Name,
    nodes.Not,
    nodes.Operand,
    nodes.Or,
    nodes.Output,
    nodes.Template,
    nodes.TemplateData,
)


class BadTemplate(ValueError):
    """A shop's template that can't be used; the message is one sentence for who wrote it."""


def lines(text: object) -> Markup:
    """The filter `lines`: a text's line breaks as those of HTML."""
    return Markup("<br>\n").join(escape(line) for line in str(text).splitlines())


def _environment(*, html: bool) -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(autoescape=html, undefined=StrictUndefined)
    made.filters = {name: filter_ for name, filter_ in made.filters.items() if name in FILTERS}
    made.filters["lines"] = lines if html else str
    made.globals = {}
    return made


_PLAIN: Final = _environment(html=False)
_HTML: Final = _environment(html=True)


def check_template(kind: str, part: str, source: str) -> None:
    """Raise BadTemplate unless `source` can stand for the `subject`, `text` or `html` of this kind of mail."""
    if kind not in NAMES or part not in MOST_CHARACTERS:
        raise BadTemplate(f"There is no {part} of {kind} in mails.")
    if len(source) > MOST_CHARACTERS[part]:
        raise BadTemplate(f"A mail's {part} has at most {MOST_CHARACTERS[part]:,} characters.")
    try:
        tree = _PLAIN.parse(source)
    except TemplateSyntaxError as error:
        raise BadTemplate(f"Line {error.lineno}: {error.message}") from None
    except (TemplateError, RecursionError):
        raise BadTemplate("It can't be read.") from None
    _check_size(tree)
    _check_block(tree, NAMES[kind], {}, looping=False)
    try:
        mail = render(part, source, _trial(kind))
        bare = render(part, source, _nothing(kind)) if _UNSUBSCRIBE in NAMES[kind] else ""
    except Exception as error:
        raise BadTemplate(f"It fails when it is used: {error}") from None
    if _UNSUBSCRIBE in NAMES[kind] and part != "subject" and not (_WAY_OUT in mail and _WAY_OUT in bare):
        # Whoever gets mails in bulk can end them from the mail itself, whatever else stands in it.
        raise BadTemplate(f"A mail that asks for reviews has {{{{ {_UNSUBSCRIBE} }}}} in it.")


def _trial(kind: str) -> dict[str, Any]:
    """A value for every name."""
    values = {name: [dict.fromkeys(LISTS[name], "x")] if name in LISTS else "x" for name in NAMES[kind]}
    return {**values, _UNSUBSCRIBE: _WAY_OUT}


def _nothing(kind: str) -> dict[str, Any]:
    """The same for a mail of which hardly anything is known."""
    return {**{name: [] if name in LISTS else "" for name in NAMES[kind]}, _UNSUBSCRIBE: _WAY_OUT}


def render(part: str, source: str, values: Mapping[str, Any]) -> str:
    """What a checked template says with these values. Raises jinja2.TemplateError."""
    return _compiled(part == "html", source).render(values)


@lru_cache(maxsize=512)
def _compiled(html: bool, source: str) -> Template:
    return (_HTML if html else _PLAIN).from_string(source)


def _check_size(tree: nodes.Template) -> None:
    if sum(1 for _ in tree.find_all(nodes.For)) > MOST_LOOPS:
        raise BadTemplate(f"A mail has at most {MOST_LOOPS} loops.")
    if sum(1 for _ in tree.find_all((nodes.Name, nodes.Getattr))) > MOST_VALUES:
        raise BadTemplate(f"A mail has at most {MOST_VALUES} values.")


def _check_block(
    node: nodes.Node, names: frozenset[str], entries: Mapping[str, frozenset[str]], *, looping: bool
) -> None:
    """`entries` are the loop's variable and what it has."""
    for child in node.iter_child_nodes():
        if not isinstance(child, _ALLOWED):
            raise BadTemplate(f"Line {child.lineno}: {_word(child)} can't be used in mails.")
        if isinstance(child, nodes.For):
            _check_loop(child, names, looping=looping)
            continue
        _check_use(child, names, entries)
        if isinstance(child, nodes.Getattr):
            continue  # its only child is the loop's variable
        _check_block(child, names, entries, looping=looping)


def _check_loop(loop: nodes.For, names: frozenset[str], *, looping: bool) -> None:
    over = loop.iter.name if isinstance(loop.iter, nodes.Name) else ""
    if looping or over not in LISTS.keys() & names or not isinstance(loop.target, nodes.Name) or loop.recursive:
        allowed = " and ".join(sorted(LISTS.keys() & names)) or "nothing"
        raise BadTemplate(f"Line {loop.lineno}: loops here go over {allowed}, and not within each other.")
    entry = {loop.target.name: LISTS[over]}
    for part in _loop_parts(loop):
        _check_block(nodes.Template([part]), names, entry, looping=True)


def _loop_parts(loop: nodes.For) -> Iterator[nodes.Node]:
    yield from loop.body
    yield from loop.else_
    if loop.test is not None:
        yield nodes.Output([loop.test])


def _check_use(node: nodes.Node, names: frozenset[str], entries: Mapping[str, frozenset[str]]) -> None:
    if isinstance(node, nodes.Name) and node.name not in names:
        raise BadTemplate(f"Line {node.lineno}: there is no {node.name}; there is {', '.join(sorted(names))}.")
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        raise BadTemplate(f"Line {node.lineno}: there is no filter {node.name}; there is {', '.join(sorted(FILTERS))}.")
    if isinstance(node, nodes.Getattr):
        known = entries.get(node.node.name, frozenset()) if isinstance(node.node, nodes.Name) else frozenset()
        if node.attr not in known:
            raise BadTemplate(f"Line {node.lineno}: there is no {node.attr} here.")


def _word(node: nodes.Node) -> str:
    return {"Call": "a call", "Getitem": "an index", "Assign": "set"}.get(type(node).__name__, type(node).__name__)
