"""Places at which a fault test can make a process die or stop. Costs a comparison when none is set.

`SHOPBELL_FAILPOINTS="after_commit:kill:3,before_commit:stop"`: at the third passage of `after_commit` the process
kills itself with SIGKILL, at the first of `before_commit` it stops itself with SIGSTOP.
"""

import os
import signal
from typing import Final

NAMES: Final = (
    "before_commit",
    "after_commit",
    "after_answer",
    "after_publish",
    "after_rows",
    "after_mail",
    "after_push",
    "after_delivery",
    "before_keys_are_gone",
    "after_keys_are_gone",
)
_SIGNALS: Final = {"kill": signal.SIGKILL, "stop": signal.SIGSTOP}


class FailpointError(ValueError):
    """SHOPBELL_FAILPOINTS can't be read."""


def parse(text: str) -> dict[str, tuple[signal.Signals, int]]:
    """`name:what[:count]`, comma-separated. Raises FailpointError for names and deeds that there are not."""
    found = {}
    for item in filter(None, text.split(",")):
        name, deed, count = (*item.split(":"), "1")[:3] if item.count(":") in (1, 2) else ("", "", "")
        if name not in NAMES or deed not in _SIGNALS or not count.isdigit():
            raise FailpointError(f"SHOPBELL_FAILPOINTS can't be read: {item!r} is not name:kill[:count]")
        found[name] = (_SIGNALS[deed], int(count))
    return found


_armed = parse(os.environ.get("SHOPBELL_FAILPOINTS", ""))
_passed = dict.fromkeys(_armed, 0)


def hit(name: str) -> None:
    """This process passes the place `name`."""
    if not _armed or name not in _armed:
        return
    deed, count = _armed[name]
    _passed[name] += 1
    if _passed[name] == count:
        os.kill(os.getpid(), deed)
