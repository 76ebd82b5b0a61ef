"""Languages and their regions: what is said in `fr` is for readers of `fr-CA`, too. Pure."""

from collections.abc import Collection


def with_base(tag: str) -> tuple[str, str]:
    """A language as it is named, and without its region; in small letters, `pt_BR` as `pt-br`."""
    wanted = tag.replace("_", "-").lower()
    return wanted, wanted.partition("-")[0]


def nearest(wanted: str, spoken: Collection[str]) -> str | None:
    """The very one of those spoken, else the same without its region, else the first of another region of it."""
    own = {language.lower(): language for language in reversed(list(spoken))}
    exact, base = with_base(wanted)
    others = (language for language in spoken if with_base(language)[1] == base)
    return own.get(exact) or own.get(base) or next(others, None)
