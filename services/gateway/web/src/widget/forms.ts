/** The forms, fetched together: who meets one of them often meets another. */

export { CopySheet } from "./copy.tsx";
export { Details } from "./details.tsx";
export { Offline } from "./offline.tsx";
