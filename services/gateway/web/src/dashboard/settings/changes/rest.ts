/** The change log over REST. */

import { call, newKey, queryOf, shopPath, type Page } from "../../rest.ts";

export interface Person { id: string; name: string }

/** One change. Of settings and canned replies there are `before` and `after`, of deeds about access whom they met, and more about them. */
export interface Change {
  id: string;
  at: string;
  author: Person;
  part: string;
  /** `welcome.fr`, `canned.<id>`, `staff.invited`. */
  what: string;
  before?: unknown;
  after?: unknown;
  subject?: Person;
  details?: Record<string, unknown>;
  undone_by?: Person;
  undoes?: Person;
  can_undo: boolean;
}

export interface Query {
  q: string;
  /** Settings whose name in the reader's language has `q` in it, with commas between them. */
  named: string;
  who: string;
  part: string;
  from: string;
  to: string;
}

export const list = (shop: string, query: Query, cursor?: string) =>
  call<Page<Change>>("GET", shopPath(shop, "changes") + queryOf({ ...query, cursor }));

/** Where all that a query finds can be downloaded. `semicolon`: as spreadsheets in French or Polish read it. */
export const tableAddress = (shop: string, query: Query, semicolon: boolean) =>
  `/v1${shopPath(shop, "changes.csv")}${queryOf({ ...query, separator: semicolon ? "semicolon" : undefined })}`;

/** Throws a Failure of 409, `changed_since`, with `former` and `current` if the setting was changed again; `anyway` takes that back too. */
export const undo = (shop: string, id: string, anyway: boolean) =>
  call<unknown>("POST", shopPath(shop, "changes", id, "undo"), { body: { anyway }, key: newKey() });
