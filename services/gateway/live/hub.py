"""Live events: from the broker to the sockets that follow them. Nothing here waits for a socket.

An event is decoded and opened once and its frames are built once, however many sockets get it. What can't be built
at once (its key is not at hand) is read from the log instead, by whoever follows it.
"""

from contracts.conversations.events import (
    ConversationArchived,
    ConversationDeleted,
    ConversationEvent,
    ConversationRated,
    TranscriptRequested,
    VisitorIdentified,
)
from services.common.key_store import KeyStore
from services.gateway.directory import Directory
from services.gateway.live.catching_up import CatchingUp
from services.gateway.live.following import TOO_FAR, Follow, Listener
from services.gateway.live.views import OPERATOR, VISITOR, Frames, Views, operators_of
from services.gateway.log_reader import decode_event
from services.gateway.shops import StaffNames


class Topic:
    """A conversation that somebody here follows."""

    __slots__ = ("conversation", "follows", "operators", "seen", "shop")

    def __init__(self, shop: str, conversation: str) -> None:
        self.shop = shop
        self.conversation = conversation
        self.follows: list[Follow] = []
        self.operators = 0
        """How many of them are operators'."""
        self.seen = 0
        """`seq` of the newest event that has come by."""


class Hub:
    """Who follows what."""

    def __init__(
        self, directory: Directory, keys: KeyStore, names: StaffNames, views: Views, catching_up: CatchingUp
    ) -> None:
        self._directory = directory
        self._keys = keys
        self._names = names
        self._views = views
        self._catching_up = catching_up
        self.topics: dict[str, Topic] = {}
        self.operators: dict[str, dict[Listener, dict[str, Follow]]] = {}
        """Shop → operators' sockets → what each follows: all conversations of the shop."""

    # Who follows

    def follow(self, shop: str, conversation: str, last: int, listener: Listener) -> Follow:
        """From now on the listener gets the events after `last`, as they come."""
        topic = self.topics.get(conversation)
        if topic is None:
            topic = self.topics[conversation] = Topic(shop, conversation)
        follow = Follow(shop, topic.conversation, last, listener, self._catching_up)
        topic.follows.append(follow)
        topic.operators += listener.audience == OPERATOR
        if topic.seen > last:
            follow.behind()
        return follow

    def unfollow(self, follow: Follow) -> None:
        """Undo `follow`."""
        follow.stop()
        topic = self.topics.get(follow.conversation)
        if topic is not None and follow in topic.follows:
            topic.follows.remove(follow)
            topic.operators -= follow.listener.audience == OPERATOR
            if not topic.follows:
                del self.topics[follow.conversation]

    def aside(self, shop: str, conversation: str, listener: Listener) -> Follow:
        """A place in a conversation of which only the past is wanted, with `resume`."""
        return Follow(shop, conversation, TOO_FAR, listener, self._catching_up)

    def join_shop(self, shop: str, operator: Listener, heads: dict[str, int]) -> dict[str, Follow]:
        """An operator's socket follows all conversations of the shop; those of `heads` from there on."""
        follows = {
            conversation: self.follow(shop, conversation, head, operator) for conversation, head in heads.items()
        }
        self.operators.setdefault(shop, {})[operator] = follows
        return follows

    def leave_shop(self, shop: str, operator: Listener) -> None:
        """Undo `join_shop`."""
        here = self.operators.get(shop, {})
        for follow in here.pop(operator, {}).values():
            self.unfollow(follow)
        if not here:
            self.operators.pop(shop, None)

    def follow_in_shop(self, shop: str, conversation: str, last: int = 0) -> None:
        """The operators of the shop follow this conversation too, if they don't yet."""
        for operator, follows in self.operators.get(shop, {}).items():
            if conversation not in follows:
                follows[conversation] = self.follow(shop, conversation, last, operator)

    # What comes

    def deliver(self, conversation: str, payload: bytes) -> None:
        """An event from the broker, maybe not for the first time and maybe not in order."""
        event = decode_event(payload)
        seq = event.originator_version
        if event.shop in self.operators:
            self._operators_follow(event, conversation)
        topic = self.topics.get(conversation)
        if topic is None or seq <= topic.seen:
            return
        topic.seen = seq
        self._directory.learn(event)
        frames = self._frames(event, conversation)
        for follow in topic.follows:
            if frames is None:
                follow.behind()
            else:
                follow.offer(seq, frames)
        if isinstance(event, VisitorIdentified | ConversationArchived | ConversationDeleted):
            self._turn(topic, event)

    def lacking(self, heads: dict[str, int]) -> dict[str, int]:
        """Those of these heads that some socket here has not had, or not yet."""
        return {
            conversation: head
            for conversation, head in heads.items()
            if (topic := self.topics.get(conversation)) and any(follow.last < head for follow in topic.follows)
        }

    def heads(self, heads: dict[str, int]) -> None:
        """The newest `seq` by conversation: whoever has less reads up."""
        for conversation, head in heads.items():
            topic = self.topics.get(conversation)
            for follow in topic.follows if topic is not None else ():
                if follow.last < head:
                    follow.behind()

    def _operators_follow(self, event: ConversationEvent, conversation: str) -> None:
        """One that operators don't follow is new, or archived and still gets a rating, is mailed or deleted."""
        known = self.topics.get(conversation)
        if known is not None and known.operators:
            return
        late = isinstance(event, ConversationRated | TranscriptRequested | ConversationDeleted)
        if not isinstance(event, ConversationArchived):
            self.follow_in_shop(event.shop, conversation, event.originator_version - 1 if late else 0)

    def _frames(self, event: ConversationEvent, conversation: str) -> Frames | None:
        """None if something is not at hand that building them needs."""
        owner = self._directory.cached(conversation)
        if owner is None or not self._names.fresh(event.shop, operators_of(event)):
            return None
        key = self._keys.cached(event.shop, owner.person)
        return None if key is None else self._views.frames(event, key)

    def _turn(self, topic: Topic, event: ConversationEvent) -> None:
        """After these events somebody follows no more."""
        for follow in list(topic.follows):
            if isinstance(event, VisitorIdentified):
                if follow.listener.audience == VISITOR:
                    follow.listener.dismiss(event.visitor)
            elif follow.listener.audience == VISITOR:
                follow.listener.is_over()
            elif follow.task is None:
                self.operators.get(topic.shop, {}).get(follow.listener, {}).pop(topic.conversation, None)
                self.unfollow(follow)
