/** Generated from the socket frames' JSON Schemas: `npm run frames`. */

/** Answers `hello`; missed events follow. */
export interface VisitorWelcome {
  type: "welcome";
  visitor: VisitorInfo;
  token: string;
  availability: "form" | "hidden" | "line" | "online";
  appearance: Appearance;
  conversation?: CurrentConversation;
  read?: Record<string, number>;
  received?: Record<string, number>;
  previous?: Previous;
  chat_fields?: FormFields;
  invitations?: (InvitationRule)[];
  push?: PushOffer;
  poll?: boolean;
}

/** Who a visitor is to the outside: a guest id, or the shop's own customer id. */
export interface VisitorInfo {
  id: string;
  signed_in: boolean;
  name?: string;
  email?: string;
  phone?: string;
  fields?: Record<string, string>;
}

/** Texts of the visitor's language, else of the shop's first. `attachments`: files may be sent. */
export interface Appearance {
  language: string;
  header: string;
  welcome: string;
  operator_name: string;
  attachments?: boolean;
  colours?: ColoursShown;
  privacy?: PrivacyShown;
}

/** Of the widget's parts; an empty colour is as shipped. */
export interface ColoursShown {
  header: ColourPair;
  operator: ColourPair;
  visitor: ColourPair;
}

/** A background and the text on it, as #rrggbb; empty: as shipped. */
export interface ColourPair {
  background?: string;
  text?: string;
}

/** What is said before the visitor says anything. `consent`: a box must be ticked. */
export interface PrivacyShown {
  notice: string;
  link: string;
  consent: boolean;
}

export interface CurrentConversation {
  id: string;
  status: "ended" | "open" | "waiting";
  seq: number;
  operator?: Operator;
  place?: number;
}

/** An operator as others see one: `name` is the display name. */
export interface Operator {
  id: string;
  name: string;
}

/** A conversation that is archived: `resume` brings its events. */
export interface Previous {
  id: string;
  seq: number;
}

/** Which details a form asks for. */
export interface FormFields {
  first_name?: FieldRule;
  last_name?: FieldRule;
  email?: FieldRule;
  phone?: FieldRule;
  message?: FieldRule;
}

/** Whether a form asks for a field, and whether it goes without. What is required is also requested. */
export interface FieldRule {
  requested?: boolean;
  required?: boolean;
}

/** When the widget invites by itself: `Invitation` of the settings, in the visitor's language. */
export interface InvitationRule {
  id: string;
  text: string;
  after?: number;
  page?: string;
  cart?: number | null;
}

/** The pages show the bell: `key` is the shop's for `PushManager.subscribe` (RFC 8292), `worker` the path of the */
export interface PushOffer {
  key: string;
  worker: string;
}

/** What a new conversation would find, on every change. */
export interface Availability {
  type: "availability";
  state: "form" | "hidden" | "line" | "online";
}

/** The place (from 1) of the visitor's waiting conversation, whenever it has changed. */
export interface Place {
  type: "place";
  conversation: string;
  place: number;
}

/** One of the staff asks whether the visitor wants to talk: `start` with `invitation` "operator" takes it up. */
export interface Invitation {
  type: "invitation";
  text: string;
  operator: Operator;
}

/** The command's events are committed. `token` comes with a guest's new conversation. */
export interface Stored {
  type: "stored";
  id: string;
  seq: number;
  conversation?: string;
  token?: string;
}

/** Nothing has changed. `retry_after` in seconds; `field` names what was filled in wrong, if that is why. */
export interface Rejected {
  type: "rejected";
  id: string | null;
  code: "blocked" | "conflict" | "forbidden" | "invalid" | "no_capacity" | "not_found" | "not_open" | "offline" | "rate_limited" | "too_long" | "unavailable";
  detail: string;
  retry_after?: number;
  field?: string;
}

/** One event of a conversation; which further fields it has depends on its `kind`. */
export interface EventFrame {
  type: "event";
  conversation: string;
  seq: number;
  at: string;
  kind: string;
  place?: number;
  operator?: Operator;
  visitor?: Record<string, unknown>;
  from?: string;
  author?: string;
  text?: string;
  id?: string;
  by?: string;
  department?: string;
  since?: string;
  score?: number;
  comment?: string;
  consent?: boolean;
  invitation?: string;
  attachments?: (AttachmentShown)[];
}

/** A file; `url`, relative to the gateway, is good for a day: afterwards read the event again for a new one. */
export interface AttachmentShown {
  id: string;
  name: string;
  type: string;
  size: number;
  url: string;
}

/** All events up to `seq` have been sent. `read` and `received` are the highest `upto` by party. */
export interface Resumed {
  type: "resumed";
  conversation: string;
  seq: number;
  read?: Record<string, number>;
  received?: Record<string, number>;
}

/** The newest `seq` by conversation: whoever has less asks with `resume`. */
export interface Heads {
  type: "heads";
  heads: Record<string, number>;
}

export interface TypingShown {
  type: "typing";
  conversation: string;
  from: string;
  on: boolean;
}

export interface ReadShown {
  type: "read";
  conversation: string;
  from: string;
  upto: number;
}

/** What the other party has got, which is not yet to have read it. */
export interface ReceivedShown {
  type: "received";
  conversation: string;
  from: string;
  upto: number;
}

/** The gateway closes the socket in `after` seconds: come back elsewhere. */
export interface Closing {
  type: "closing";
  after: number;
}

export type VisitorReceives = VisitorWelcome | Availability | Place | Invitation | Stored | Rejected | EventFrame | Resumed | Heads | TypingShown | ReadShown | ReceivedShown | Closing;

/** The first frame, within 10 s. `identity` is the shop's signed token for a signed-in customer. */
export interface VisitorHello {
  type: "hello";
  token?: string | null;
  identity?: string | null;
  locale?: string;
  page?: PageInfo | null;
  resume?: ResumeFrom | null;
}

export interface PageInfo {
  url: string;
  title?: string;
}

export interface ResumeFrom {
  conversation: string;
  after: number;
}

/** `consent`: the box of `privacy` is ticked. `invitation`: the one that is taken up. */
export interface Start {
  type: "start";
  id: string;
  text?: string | null;
  fields?: Record<string, string> | null;
  department?: string | null;
  consent?: boolean;
  invitation?: string | null;
}

/** `attachments` were uploaded before; with them the text may be empty. */
export interface Say {
  type: "say";
  id: string;
  conversation: string;
  text: string;
  attachments?: (string)[];
}

export interface End {
  type: "end";
  id: string;
  conversation: string;
}

export interface Rate {
  type: "rate";
  id: string;
  conversation: string;
  score: number;
  comment?: string | null;
}

/** Asks for the events after `after`; answered by them and then `resumed`. */
export interface Resume {
  type: "resume";
  conversation: string;
  after: number;
}

export interface Typing {
  type: "typing";
  conversation?: string | null;
  on?: boolean;
}

/** Everything up to and with `upto` has been seen. */
export interface Read {
  type: "read";
  conversation?: string | null;
  upto: number;
}

/** Everything up to and with `upto` has arrived at this client, be it seen or not. Has no answer. */
export interface Received {
  type: "received";
  conversation?: string | null;
  upto: number;
}

/** The visitor looks at another page, or changed the cart: `Cart`, with whatever else the page likes to pass. */
export interface Page {
  type: "page";
  conversation?: string | null;
  url: string;
  title?: string;
  cart?: Record<string, unknown> | null;
}

export type VisitorSends = VisitorHello | Start | Say | End | Rate | Resume | Typing | Read | Received | Page;

/** Answers `hello`. Events of the listed conversations after their `seq` follow live. */
export interface OperatorWelcome {
  type: "welcome";
  operator: Operator;
  shop: ShopInfo;
  desk: DeskState;
  conversations: (Summary)[];
}

export interface ShopInfo {
  id: string;
  name: string;
  languages: (string)[];
}

/** `online`: somebody of the shop is. `waiting` counts `line`, whose order is that of serving. */
export interface DeskState {
  online: boolean;
  availability: "form" | "hidden" | "line" | "online";
  operators: (OnlineOperator)[];
  channels: (Channel)[];
  limit: number;
  busy: number;
  waiting: number;
  line: (string)[];
  open?: boolean;
  absent?: (string)[];
  departments?: (DepartmentShown)[];
  handovers?: (HandoverShown)[];
}

export interface OnlineOperator {
  id: string;
  name: string;
  online: boolean;
  away: boolean;
}

export interface Channel {
  channel: number;
  operator: string;
  conversation?: string;
}

/** `online` counts its operators who are there, `free` their free channels. */
export interface DepartmentShown {
  id: string;
  name: string;
  operators: (string)[];
  online: number;
  free: number;
}

export interface HandoverShown {
  conversation: string;
  department: string;
}

/** A conversation that is not archived, as the list shows it. `department`: by its id. */
export interface Summary {
  id: string;
  status: "archived" | "ended" | "open" | "waiting";
  visitor: VisitorInfo;
  seq: number;
  operator?: Operator;
  last?: LastMessage;
  department?: string;
  waiting_since?: string;
  unanswered_since?: string;
  read?: Record<string, number>;
  received?: Record<string, number>;
}

export interface LastMessage {
  from: string;
  text: string;
  at: string;
}

/** More of `welcome`'s conversations, right after it: what one frame can't hold. */
export interface Conversations {
  type: "conversations";
  conversations: (Summary)[];
}

/** The newest desk, within 250 ms of a change. */
export interface Desk {
  type: "desk";
  online: boolean;
  availability: "form" | "hidden" | "line" | "online";
  operators: (OnlineOperator)[];
  channels: (Channel)[];
  limit: number;
  busy: number;
  waiting: number;
  line: (string)[];
  open?: boolean;
  absent?: (string)[];
  departments?: (DepartmentShown)[];
  handovers?: (HandoverShown)[];
}

/** Who is on the shop's pages, after `watch_visitors`; within 2 s of a change, and once somebody whom we will know */
export interface Visitors {
  type: "visitors";
  whole: boolean;
  here: (VisitorOnSite)[];
  gone?: (string)[];
  more?: number;
}

/** Somebody who looks at the shop's pages now. `since`: when they came. `cart`: as the page has passed it. */
export interface VisitorOnSite {
  id: string;
  signed_in: boolean;
  since: string;
  name?: string;
  conversation?: string;
  page?: PageInfo;
  cart?: Cart;
}

/** What the visitor is about to buy. */
export interface Cart {
  pieces: number;
  total?: number | null;
  currency?: string | null;
}

export type OperatorReceives = OperatorWelcome | Conversations | Desk | Visitors | Stored | Rejected | EventFrame | Resumed | Heads | TypingShown | ReadShown | ReceivedShown | Closing;

/** The first frame, within 10 s. The session was checked before the socket opened. */
export interface OperatorHello {
  type: "hello";
}

export interface GoOnline {
  type: "go_online";
  id: string;
  channels?: number | null;
}

export interface GoOffline {
  type: "go_offline";
  id: string;
  channels?: number | null;
}

export interface OpenChannel {
  type: "open_channel";
  id: string;
  channel?: number | null;
}

export interface CloseChannel {
  type: "close_channel";
  id: string;
  channel?: number | null;
}

export interface Reopen {
  type: "reopen";
  id: string;
  conversation: string;
}

export interface Note {
  type: "note";
  id: string;
  conversation: string;
  text: string;
}

export interface Transfer {
  type: "transfer";
  id: string;
  conversation: string;
  to: string;
}

export interface TakeOver {
  type: "take_over";
  id: string;
  conversation: string;
}

/** Hear no more of the conversation's visitor. */
export interface Block {
  type: "block";
  id: string;
  conversation: string;
}

/** Who is on the shop's pages comes as `visitors` from here on, or (`on` false) no more. Has no answer. */
export interface WatchVisitors {
  type: "watch_visitors";
  on?: boolean;
}

/** Ask somebody on the shop's pages, by the id of `visitors`, whether they want to talk. Has no answer. */
export interface Invite {
  type: "invite";
  visitor: string;
  text?: string | null;
}

export type OperatorSends = OperatorHello | GoOnline | GoOffline | OpenChannel | CloseChannel | Say | End | Reopen | Note | Transfer | TakeOver | Block | WatchVisitors | Invite | Resume | Typing | Read | Received;
