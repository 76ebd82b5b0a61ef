/** The pages from which managers reach customers who are not in the chat: in the rail, on phones in the account's menu. */

import { ballot, notice, star } from "../shared/icons.tsx";

/** `page` also names its title in texts.ts. */
export const OUTREACH = [{ page: "push", icon: notice }, { page: "reviews", icon: star }, { page: "polls", icon: ballot }] as const;
