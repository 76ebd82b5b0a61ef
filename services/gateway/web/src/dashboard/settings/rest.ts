/** Settings over REST, each version with its tag, so that nobody writes over what they have not seen. */

import { newKey, shopPath, tagged } from "../rest.ts";
import type { ShopSettings } from "./shop-settings.ts";

export interface Version { settings: ShopSettings; tag: string }

const path = (shop: string) => shopPath(shop, "settings");

export const read = async (shop: string) => version(await tagged<ShopSettings>("GET", path(shop)));

/** Throws a Failure of 412 if they are another version by now, of 422 if something can't be taken. */
export const write = async (shop: string, given: Partial<ShopSettings>, tag: string) =>
  version(await tagged<ShopSettings>("PUT", path(shop), { body: given, key: newKey(), ifMatch: tag }));

const version = ({ value, tag }: { value: ShopSettings; tag: string }): Version => ({ settings: value, tag });
