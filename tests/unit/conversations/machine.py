"""A shop to which anything may happen: gives commands, and holds what comes of them against simpler books."""

from itertools import pairwise
from typing import Any
from uuid import UUID

from hypothesis.stateful import RuleBasedStateMachine, invariant

from contracts.conversations import commands as c
from contracts.conversations import events as e
from contracts.conversations.settings import ShopSettings
from services.conversations.handlers import Decided, InProgress, Refusal
from tests.unit.conversations.book import Book
from tests.unit.conversations.world import World

AFTER_ARCHIVE = (e.ConversationArchived, e.ConversationRated, e.TranscriptRequested, e.ConversationDeleted)


class ShopMachine(RuleBasedStateMachine):
    """Keeps a simpler book of the desk, and one of what was stored. What it does is up to its children."""

    def open_shop(self, settings: ShopSettings) -> None:
        """Call it first."""
        self.world = World()
        self.book = Book()
        self.stored: list[tuple[c.AnyCommand, Decided]] = []
        self.do(self.world.by_operator(c.CreateShop, "o_owner", settings=settings))

    def do(self, command: c.AnyCommand) -> Decided | InProgress | Refusal:
        """Gives a command and reads what happened against the book."""
        answer: Decided | InProgress | Refusal
        try:
            answer = self.world.do(command)
            if any(event.command is not None for event in self.world.happened):
                self.stored.append((command, answer))
        except (Refusal, InProgress) as other:
            answer = other
        by_hand = command.conversation if isinstance(command, c.TakeOverConversation | c.TransferConversation) else None
        self.book.read(self.world.happened, by_hand)
        self.world.check_replay()
        return answer

    def some(self, number: int, *statuses: str) -> UUID:
        """A conversation, of one of these statuses if there is one."""
        known = self.world.conversations()
        fitting = [found for found in known if found.status in statuses] or known
        return fitting[number % len(fitting)].id

    def one_here(self) -> bool:
        return bool(self.world.conversations())

    def side(self, conversation: UUID, sender: str, kind: type[Any], /, **fields: Any) -> Any:
        fields = {"conversation": conversation, "digest": f"{kind.__name__} {fields}", **fields}
        if sender == "visitor":
            return self.world.by_visitor(kind, self.world.conversation(conversation).visitor, **fields)
        holder = self.world.conversation(conversation).operator if sender == "holder" else sender
        return self.world.by_operator(kind, holder or "o_ann", **fields)

    # What always holds

    @invariant()
    def book_and_desk_agree(self) -> None:
        if not hasattr(self, "world"):
            return
        desk, book = self.world.desk, self.book
        assert list(desk.seats.line) == list(book.line)
        assert list(desk.handovers.all.items()) == list(book.handovers.items())
        assert {number: slot.conversation for number, slot in book.slots.items()} == {
            number: channel.conversation for number, channel in desk.channels.open.items()
        }
        self.world.check()
        book.check()

    @invariant()
    def nobody_blocked_is_in_a_conversation(self) -> None:
        if not hasattr(self, "world"):
            return
        for seat in self.world.desk.seats.all.values():
            assert seat.status == "ended" or seat.visitor not in self.book.blocked

    @invariant()
    def nobody_is_in_two_conversations(self) -> None:
        if not hasattr(self, "world"):
            return
        active = [seat.visitor for seat in self.world.desk.seats.all.values() if seat.status != "ended"]
        assert len(active) == len(set(active))

    @invariant()
    def logs_have_no_holes_and_nothing_is_said_in_history(self) -> None:
        for log in self.world.log.values() if hasattr(self, "world") else ():
            assert [event.originator_version for event in log] == list(range(1, len(log) + 1))
            assert all(one.timestamp <= next_one.timestamp for one, next_one in pairwise(log))
            refs = [(event.command.sender, event.command.id) for event in log if event.command]
            assert len(refs) == len(set(refs))
            archived = next((n for n, event in enumerate(log) if isinstance(event, e.ConversationArchived)), len(log))
            assert all(isinstance(event, AFTER_ARCHIVE) for event in log[archived:])
