/** The shop's staff over REST: who works here, who is invited. */

import type { Operator } from "../../../shared/protocol.ts";
import { call, newKey, shopPath, type Role } from "../../rest.ts";

export interface Member {
  id: string;
  name: string;
  email: string;
  role: Role;
  second_factor: boolean;
  last_seen_at: string | null;
  /** Since then the access is closed. */
  left_at: string | null;
}

export interface Invited {
  id: string;
  email: string;
  role: Role;
  invited_by: Operator;
  created_at: string;
  expires_at: string;
  mail: "pending" | "sending" | "sent" | "failed" | "dropped";
  /** Why the mail was not taken yet, or will not be. */
  error: string | null;
}

export interface Inviting { email: string; role: Role; name?: string; language: string }

interface Items<T> { items: T[] }

const of = (shop: string, ...parts: string[]) => shopPath(shop, "staff", ...parts);

export const members = async (shop: string) => (await call<Items<Member>>("GET", of(shop))).items;
export const invited = async (shop: string) => (await call<Items<Invited>>("GET", of(shop, "invitations"))).items;
export const change = (shop: string, id: string, given: { role?: Role; name?: string }) => call<unknown>("PUT", of(shop, id), { body: given });
export const close = (shop: string, id: string) => call<unknown>("DELETE", of(shop, id));
export const letBackIn = (shop: string, id: string) => call<unknown>("POST", of(shop, id, "return"));
/** For who has lost the phone and the recovery codes. */
export const turnFactorOff = (shop: string, id: string) => call<unknown>("DELETE", of(shop, id, "second-factor"));
export const invite = (shop: string, given: Inviting) => call<unknown>("POST", of(shop, "invitations"), { body: given, key: newKey() });
export const sendAgain = (shop: string, id: string) => call<unknown>("POST", of(shop, "invitations", id, "resend"));
export const withdraw = (shop: string, id: string) => call<unknown>("DELETE", of(shop, "invitations", id));
