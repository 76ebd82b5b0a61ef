/** One's own account over REST: password, second factor, and where one is signed in. */

import { call } from "../../rest.ts";

export interface Account {
  name: string;
  email: string;
  /** Null: the password alone opens the door. */
  second_factor: { since: string; codes_left: number } | null;
}

/** What the authenticator app is to know: the key as text, as a link, and as a square to scan (SVG). */
export interface Setup { secret: string; uri: string; qr: string }

/** `agent`: browser and system in words, `Firefox, Linux`; empty if they are not known. */
export interface SignedIn { id: string; here: boolean; agent: string; created_at: string; last_used_at: string }

interface Codes { recovery_codes: string[] }

export const account = () => call<Account>("GET", "/account");
export const rename = (name: string) => call<unknown>("PUT", "/account", { body: { name } });
export const changePassword = (current: string, password: string) => call<unknown>("PUT", "/account/password", { body: { current, password } });
export const setUp = () => call<Setup>("POST", "/account/second-factor");
export const confirm = async (code: string) => (await call<Codes>("PUT", "/account/second-factor", { body: { code } })).recovery_codes;
export const turnOff = (password: string) => call<unknown>("DELETE", "/account/second-factor", { body: { password } });
export const newCodes = async (password: string) => (await call<Codes>("POST", "/account/recovery-codes", { body: { password } })).recovery_codes;
export const sessions = async () => (await call<{ items: SignedIn[] }>("GET", "/account/sessions")).items;
export const end = (session: string) => call<unknown>("DELETE", `/account/sessions/${encodeURIComponent(session)}`);
export const endAll = () => call<unknown>("DELETE", "/account/sessions");
