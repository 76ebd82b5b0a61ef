"""What a file is called: what its sender called it, made fit to stand in one line and to be saved under."""

import re
import unicodedata
from typing import Final

from services.gateway.attachments.kinds import Kind

MOST_CHARACTERS: Final = 120

_FOLDERS: Final = re.compile(r".*[/\\]", re.DOTALL)
_UNFIT: Final = re.compile(r'[<>:"|?*]')
_SPACES: Final = re.compile(r"\s+")


def file_name(given: str, kind: Kind) -> str:
    """A name that ends as its kind does: what says that it is something else gets another ending behind it."""
    name = unicodedata.normalize("NFC", _FOLDERS.sub("", given.encode(errors="ignore").decode()))
    name = "".join(character for character in name if unicodedata.category(character)[0] != "C" or character == "\t")
    name = _SPACES.sub(" ", _UNFIT.sub("_", name)).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot or ending.lower() not in kind.endings:
        stem, ending = name, kind.endings[0]
    stem = stem.strip(" .")[: MOST_CHARACTERS - len(ending) - 1].rstrip()
    return f"{stem or 'file'}.{ending}"
