"""Why a worker can't go on, in one sentence for a person each."""


class Unserviceable(Exception):
    """Base of all. The worker stops: going on would damage what is stored."""


class AheadOfLog(Unserviceable):
    """The stream holds what the log does not, as after a restore of the database."""


class StreamEmptied(Unserviceable):
    """The stream had messages and has none any more, so where it stood can't be told."""


class DamagedLog(Unserviceable):
    """The log can't be read by this release."""


class Lost(Exception):
    """The partition has another owner now: drop everything that is held of it."""
