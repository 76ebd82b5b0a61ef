/** What the door asks of the gateway: signing in, a forgotten password, an invitation. */

import { call, type Role, type Session } from "../rest.ts";

export interface Credentials {
  email: string;
  password: string;
  /** Also after the browser was closed. */
  stay: boolean;
  /** Of the authenticator app, or for recovery. */
  code?: string;
}

/** A Failure with `second_factor` asks for the code; one with `second_factor_wrong` for another. */
export const signIn = (given: Credentials) => call<Session>("POST", "/session", { body: given });
/** The same answer whether the address has an account or not. */
export const askForReset = (email: string, language: string) => call<null>("POST", "/password-resets", { body: { email, language } });
export const reset = (token: string, password: string) => call<null>("PUT", "/password-resets", { body: { token, password } });

/** `known`: the address has an account, whose password lets it in. `name`: as who invites wrote it. */
export interface Invitation { email: string; shop_name: string; role: Role; known: boolean; name: string }

export const invitation = (token: string) => call<Invitation>("POST", "/invitations/look", { body: { token } });
export const accept = (token: string, given: { name?: string; password: string; code?: string }) => call<Session>("POST", "/invitations/accept", { body: { token, ...given } });
