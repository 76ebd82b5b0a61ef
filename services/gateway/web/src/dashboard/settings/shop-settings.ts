/** A shop's settings, as REST has them (`ShopSettings` in contracts/conversations/settings.py). */

/** A text by the shop's languages. */
export type Texts = Record<string, string>;

export const FORM_FIELDS = ["first_name", "last_name", "email", "phone", "message"] as const;
export type FormField = (typeof FORM_FIELDS)[number];
/** What is required is also requested. */
export interface FieldRule { requested: boolean; required: boolean }
export type FormFields = Record<FormField, FieldRule>;

/** Colours as `#rrggbb`; empty: as shipped. */
export interface ColourPair { background: string; text: string }
export const COLOURED = ["header", "operator", "visitor"] as const;
export type Coloured = (typeof COLOURED)[number];
/** As the widget draws them on a light page where the shop has chosen none. */
export const USUAL_COLOURS: Record<Coloured, ColourPair> = {
  header: { background: "#23477e", text: "#ffffff" }, operator: { background: "#f1eee8", text: "#1f1b16" }, visitor: { background: "#23477e", text: "#ffffff" },
};

export interface OfflineForm extends ColourPair { fields: FormFields; header: Texts; welcome: Texts }

/** Null: as shipped. */
export interface MailTemplate { subject: string | null; text: string | null; html: string | null }

export interface MailSettings {
  notify: string;
  reply_to: string;
  from_address: string;
  from_name: string;
  postal_address: string;
  /** By `<kind>.<language>`. */
  templates: Record<string, MailTemplate>;
}

/** `HH:MM`, the end up to `24:00`. */
export interface Span { opens: string; closes: string }
export interface ExceptionalDay { date: string; hours: Span[] }
/** `week`: seven days, Monday first. */
export interface OpeningHours { week: Span[][]; exceptions: ExceptionalDay[] }

export interface Department { id: string; name: string; operators: string[] }

export interface Privacy { notice: Texts; link: string; consent: boolean }

/** `after` in seconds on the page; `page` a pattern of the path with `*`; `cart` what it is worth at least. */
export interface Invitation { id: string; name: string; on: boolean; after: number; page: string; cart: number | null; text: Texts }

/** Web push of visitors; `worker` is the path of the file that the shop hosts, `icon` the address of a picture or empty. */
export interface PushSettings { on: boolean; worker: string; replies: boolean; icon: string }

/** Times in seconds. */
export interface ShopSettings {
  name: string;
  operator_name: string;
  languages: string[];
  time_zone: string;
  limit: number;
  line: boolean;
  offline_mode: boolean;
  mode: "slots" | "manual";
  channels_per_operator: number;
  reopen_channels: boolean;
  on_leave: "keep" | "end";
  visitor_away_after: number;
  forgotten_after: number;
  operator_grace: number;
  line_grace: number;
  unanswered_after: number | null;
  retention: { conversations_days: number | null; offline_messages_days: number | null };
  hours: OpeningHours | null;
  departments: Department[];
  header: Texts;
  welcome: Texts;
  origins: string[];
  chat_fields: FormFields;
  offline_form: OfflineForm;
  mail: MailSettings;
  colours: Record<Coloured, ColourPair>;
  privacy: Privacy;
  invitations: Invitation[];
  attachments: boolean;
  push: PushSettings;
  unread_mails: boolean;
  sounds: boolean;
}
