"""What in a review's text is perhaps not for everybody's eyes. Whoever moderates decides."""

import re
from typing import Final, Literal

Hint = Literal["phone", "email", "link"]

_SIGNS: Final[dict[Hint, re.Pattern[str]]] = {
    # Seven digits and more, in groups or not; a price or a size has fewer.
    "phone": re.compile(r"(?<![\w.,])\+?\d(?:[ ./()-]{0,2}\d){6,14}(?![\w])"),
    "email": re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"),
    "link": re.compile(
        r"\bhttps?://|\bwww\.\w|(?<![@\w.])[a-z0-9-]{2,63}\.(?:com|net|org|eu|io|shop|pl|fr|de)\b", re.I
    ),
}


def hints_of(text: str | None) -> list[Hint]:
    """Which of them the text seems to hold."""
    return [hint for hint, sign in _SIGNS.items() if text and sign.search(text)]
