"""What the sockets of a gateway work with. `main.py` puts it together."""

from dataclasses import dataclass, field
from typing import Any

from nats.aio.msg import Msg

from contracts import subjects
from contracts.sockets import CloseCode
from services.common.broker import Broker
from services.common.direct import Message
from services.common.key_store import KeyStore
from services.common.vapid import ShopKeys
from services.gateway.access.identities import Identities
from services.gateway.access.origins import Origins
from services.gateway.access.sessions import Sessions
from services.gateway.access.tickets import Tickets
from services.gateway.access.tokens import Tokens
from services.gateway.access.visitor_ids import VisitorIds
from services.gateway.archive import Archive
from services.gateway.asks import Asks
from services.gateway.attachments.attachments import Attachments
from services.gateway.directory import Directory
from services.gateway.dispatch import Dispatch
from services.gateway.limits import Limits
from services.gateway.live.availability import Availabilities
from services.gateway.live.catching_up import CatchingUp
from services.gateway.live.crowd import Crowd
from services.gateway.live.desk_views import DeskViews
from services.gateway.live.heads import HeadsCheck
from services.gateway.live.hub import Hub
from services.gateway.live.leases import LeaseKeeper
from services.gateway.live.marks import Marks
from services.gateway.live.passing import Live
from services.gateway.live.places import Places
from services.gateway.live.rooms import Rooms
from services.gateway.live.subscriptions import Subscriptions
from services.gateway.log_reader import LogReader
from services.gateway.onsite.inviting import Inviting
from services.gateway.onsite.telling import Teller
from services.gateway.onsite.watching import Watching
from services.gateway.polls.open_polls import OpenPolls
from services.gateway.shops import Shops, StaffNames
from services.gateway.sockets.storm import Storm
from services.gateway.tag.sightings import Sightings


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """All parts that sockets share."""

    broker: Broker
    log: LogReader
    archive: Archive
    directory: Directory
    keys: KeyStore
    push_keys: ShopKeys
    shops: Shops
    names: StaffNames
    marks: Marks
    catching_up: CatchingUp
    hub: Hub
    live: Live
    rooms: Rooms
    places: Places
    desk_views: DeskViews
    heads: HeadsCheck
    asks: Asks
    attachments: Attachments
    dispatch: Dispatch
    subscriptions: Subscriptions
    availabilities: Availabilities
    crowd: Crowd
    teller: Teller
    watching: Watching
    inviting: Inviting
    open_polls: OpenPolls
    leases: LeaseKeeper
    sessions: Sessions
    ids: VisitorIds
    tokens: Tokens
    tickets: Tickets
    identities: Identities
    origins: Origins
    limits: Limits
    storm: Storm
    sightings: Sightings
    sockets: set[Any] = field(default_factory=set)
    """Every open socket here."""

    def on_event(self, message: Message) -> None:
        """An event of a conversation; its id is the sixth word of the subject."""
        self.hub.deliver(message.subject.split(".")[5], message.data)

    def on_live(self, message: Message) -> None:
        """Something of a shop that is never stored."""
        shop = message.subject.split(".")[1]
        if message.subject == subjects.live_desk(shop):
            self.rooms.heard(message)
            self.places.heard(message)
        elif message.subject in (subjects.live_typing(shop), subjects.live_read(shop)):
            self.live.heard(message)

    async def on_settings(self, message: Msg) -> None:
        """The settings of some shop have changed, or it is removed: then everybody there has to leave."""
        removed = self.shops.heard(message.data)
        self.rooms.show_again(message.subject.split(".")[3])
        for socket in list(self.sockets) if removed else ():
            if socket.shop == removed:
                socket.outbox.close(CloseCode.REFUSED, "no such shop")
