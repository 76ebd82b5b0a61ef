/** The parts of the settings. Each part adds itself here; the shell draws what stands in it. */

import type { ComponentType } from "preact";

import type { Language } from "../../shared/language.ts";
import { later } from "../later.tsx";
import type { OperatorDesk } from "../operator.ts";
import type { Role } from "../rest.ts";
import type { Path } from "./changes.ts";
import type { ShopSettings } from "./shop-settings.ts";

export interface PartProps {
  shop: string;
  desk: OperatorDesk;
  /** Of who looks. */
  role: Role;
  /** As they are being edited; `change` of draft.ts changes them, and the save bar saves. */
  settings: ShopSettings;
  /** What the address says behind the part's name: `#/settings/staff/<more>`. */
  more: string | null;
}

export interface Part {
  /** In the address. */
  name: string;
  group: "chat" | "shop";
  title: Record<Language, string>;
  /** Who sees it; without it owners and managers. */
  roles?: readonly Role[];
  /** The members of the settings that are edited there: where a refusal about one of them is told. */
  members?: readonly Path[];
  View: ComponentType<PartProps>;
}

/** In the order of the list. */
export const PARTS: readonly Part[] = [
  {
    name: "chat", group: "chat", title: { en: "Chat", fr: "Chat", pl: "Czat" },
    members: [
      "operator_name", "limit", "line", "offline_mode", "attachments", "sounds", "header", "welcome", "colours", "chat_fields", "mode",
      "channels_per_operator", "reopen_channels", "on_leave", "unanswered_after", "visitor_away_after", "forgotten_after", "operator_grace", "line_grace",
    ],
    View: later(() => import("./chat/chat-part.tsx").then((module) => module.ChatPart)),
  },
  {
    name: "offline", group: "chat", title: { en: "Offline form", fr: "Formulaire hors ligne", pl: "Formularz offline" },
    members: ["offline_form", "mail.notify", "mail.reply_to"],
    View: later(() => import("./offline/offline-part.tsx").then((module) => module.OfflinePart)),
  },
  {
    name: "hours", group: "chat", title: { en: "Opening hours", fr: "Horaires", pl: "Godziny otwarcia" },
    members: ["hours", "time_zone"],
    View: later(() => import("./hours/hours-part.tsx").then((module) => module.HoursPart)),
  },
  {
    name: "departments", group: "chat", title: { en: "Departments", fr: "Services", pl: "Działy" }, members: ["departments"],
    View: later(() => import("./departments/departments-part.tsx").then((module) => module.DepartmentsPart)),
  },
  {
    name: "canned", group: "chat", title: { en: "Canned replies", fr: "Réponses prêtes", pl: "Gotowe odpowiedzi" }, roles: ["owner", "manager", "operator"],
    View: later(() => import("./canned/canned-part.tsx").then((module) => module.CannedPart)),
  },
  {
    name: "invitations", group: "chat", title: { en: "Invitations", fr: "Invitations", pl: "Zaproszenia" }, members: ["invitations"],
    View: later(() => import("./invitations/invitations-part.tsx").then((module) => module.InvitationsPart)),
  },
  {
    name: "privacy", group: "chat", title: { en: "Privacy", fr: "Confidentialité", pl: "Prywatność" }, members: ["privacy", "retention"],
    View: later(() => import("./privacy/privacy-part.tsx").then((module) => module.PrivacyPart)),
  },
  {
    name: "push", group: "chat", title: { en: "Push", fr: "Push", pl: "Push" }, members: ["push", "unread_mails"],
    View: later(() => import("./push/push-part.tsx").then((module) => module.PushPart)),
  },
  {
    name: "shop", group: "shop", title: { en: "Shop", fr: "Boutique", pl: "Sklep" }, members: ["name", "languages"],
    View: later(() => import("./shop/shop-part.tsx").then((module) => module.ShopPart)),
  },
  {
    name: "mail", group: "shop", title: { en: "Mail", fr: "E-mail", pl: "Poczta" },
    members: ["mail.from_address", "mail.from_name", "mail.postal_address", "mail.templates"],
    View: later(() => import("./mail/mail-part.tsx").then((module) => module.MailPart)),
  },
  {
    name: "staff", group: "shop", title: { en: "Staff and roles", fr: "Équipe et rôles", pl: "Zespół i role" },
    View: later(() => import("./staff/staff-page.tsx").then((module) => module.StaffPage)),
  },
  {
    name: "developers", group: "shop", title: { en: "Developers", fr: "Développeurs", pl: "Dla programistów" }, members: ["origins"],
    View: later(() => import("./developers/developers-part.tsx").then((module) => module.DevelopersPart)),
  },
  {
    name: "security", group: "shop", title: { en: "Security", fr: "Sécurité", pl: "Bezpieczeństwo" }, roles: ["owner", "manager", "operator"],
    View: later(() => import("./security/security-page.tsx").then((module) => module.SecurityPage)),
  },
  {
    name: "changes", group: "shop", title: { en: "Change log", fr: "Journal", pl: "Dziennik zmian" },
    View: later(() => import("./changes/changes-part.tsx").then((module) => module.ChangesPart)),
  },
];

const MANAGING: readonly Role[] = ["owner", "manager"];

export const partsFor = (role: Role) => PARTS.filter((part) => (part.roles ?? MANAGING).includes(role));

/** Where a member of the settings is edited. */
export const partOf = (path: Path) => PARTS.find((part) => part.members?.some((each) => path === each || path.startsWith(`${each}.`)));
