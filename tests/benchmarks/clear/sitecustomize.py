"""On PYTHONPATH for one measurement only: every process then leaves personal data as it is.

What the product is faster by is what encryption costs it. Python imports a module of this name at each start.
"""

import contextlib

with contextlib.suppress(ImportError):
    from services.common.person_keys import PersonKey

    def _as_it_is(_key: PersonKey, text: str, _field: str) -> str:
        return text

    def _no_digest(_key: PersonKey, *_parts: str | None) -> str:
        return "clear"

    for name, plain in {"seal": _as_it_is, "open": _as_it_is, "digest": _no_digest}.items():
        setattr(PersonKey, name, plain)
