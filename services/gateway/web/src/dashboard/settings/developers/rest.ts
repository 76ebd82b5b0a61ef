/** Signing secrets and API keys over REST; owners only. */

import { call, newKey, shopPath } from "../../rest.ts";

export interface SigningSecret { kid: string; created_at: string; expires_at: string | null; last_used_at: string | null }
export interface ShownSecret { kid: string; secret: string }

export interface ApiKey { id: string; name: string; prefix: string; scopes: string[]; created_at: string; created_by: string; last_used_at: string | null }
/** `key` is shown this once. */
export interface NewKey { id: string; key: string }

export const SCOPES = ["history:read", "settings:read", "customers:export", "customers:erase", "orders:write", "order-status:write", "reviews:read", "webhooks:write", "events:read"] as const;
export type Scope = (typeof SCOPES)[number];
/** Those that open something in this version. */
export const OFFERED: readonly Scope[] = ["history:read", "settings:read", "customers:export", "customers:erase"];

interface Items<T> { items: T[] }

export const secrets = async (shop: string) => (await call<Items<SigningSecret>>("GET", shopPath(shop, "signing-secrets"))).items;
export const makeSecret = (shop: string) => call<ShownSecret>("POST", shopPath(shop, "signing-secrets"), { body: {}, key: newKey() });
export const showSecret = (shop: string, kid: string) => call<ShownSecret>("GET", shopPath(shop, "signing-secrets", kid));
export const endSecret = (shop: string, kid: string) => call<null>("DELETE", shopPath(shop, "signing-secrets", kid));

export const apiKeys = async (shop: string) => (await call<Items<ApiKey>>("GET", shopPath(shop, "api-keys"))).items;
export const makeApiKey = (shop: string, name: string, scopes: readonly string[]) => call<NewKey>("POST", shopPath(shop, "api-keys"), { body: { name, scopes } });
export const rotateApiKey = (shop: string, id: string) => call<NewKey>("POST", shopPath(shop, "api-keys", id, "rotate"));
export const revokeApiKey = (shop: string, id: string) => call<null>("DELETE", shopPath(shop, "api-keys", id));
