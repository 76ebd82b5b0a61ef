/** Settings of a shop as the gateway gives them. */

import { FORM_FIELDS, type FormFields, type ShopSettings } from "../../src/dashboard/settings/shop-settings.ts";

export const NO_FIELDS = Object.fromEntries(FORM_FIELDS.map((name) => [name, { requested: false, required: false }])) as FormFields;
const PLAIN = { background: "", text: "" };

export const SETTINGS: ShopSettings = {
  name: "Morrow", operator_name: "Maja", languages: ["en", "fr", "pl"], time_zone: "UTC", limit: 4, line: false, offline_mode: true, mode: "slots",
  channels_per_operator: 4, reopen_channels: true, on_leave: "keep", visitor_away_after: 120, forgotten_after: 600, operator_grace: 120, line_grace: 60,
  unanswered_after: 180, retention: { conversations_days: null, offline_messages_days: null }, hours: null, departments: [],
  header: { en: "Hello", fr: "Bonjour" }, welcome: {}, origins: [], chat_fields: NO_FIELDS,
  offline_form: { ...PLAIN, fields: NO_FIELDS, header: {}, welcome: {} },
  mail: { notify: "", reply_to: "", from_address: "", from_name: "", postal_address: "", templates: {} },
  colours: { header: PLAIN, operator: PLAIN, visitor: PLAIN }, privacy: { notice: {}, link: "", consent: false }, invitations: [],
  attachments: true, sounds: true, push: { on: false, worker: "/shopbell-sw.js", replies: true, icon: "" }, unread_mails: true,
};
