/** What the dashboard tells its preview, and the preview the dashboard. */

import type { ShopSettings } from "../../dashboard/settings/shop-settings.ts";

export interface Told { type: "settings"; settings: ShopSettings }
/** The page listens from now on. */
export interface Ready { type: "ready" }
