/** How polls are spoken of. */

import { check, clock, Icon, minus } from "../../shared/icons.tsx";
import { fill, plural, type Forms } from "../../shared/language.ts";
import { momentOf } from "../dates.ts";
import { languageName } from "../settings/names.ts";
import { language, now } from "../ui.tsx";
import type { Content, Poll, State } from "./rest.ts";
import { POLLS } from "./texts.ts";

const TONES: Record<State, string> = { draft: "bare", planned: "blue", open: "green", closed: "", archived: "" };

/** `30 November`, and with its year if that is another. */
export function dayOf(at: string): string {
  const then = new Date(at);
  const year = then.getFullYear() === new Date(now.value).getFullYear() ? {} : { year: "numeric" as const };
  return new Intl.DateTimeFormat(language.value === "en" ? "en-GB" : language.value, { day: "numeric", month: "long", ...year }).format(then);
}

export const countWords = (n: number, forms: Forms) => plural(language.value, n, forms);

export function StateTag({ poll }: { poll: Pick<Poll, "state" | "content"> }) {
  const texts = POLLS[language.value];
  const { state, content } = poll;
  const words = state === "planned" && content.opens_at ? fill(texts.opens, { when: momentOf(language.value, content.opens_at, now.value) }) : texts.states[state];
  return (
    <span class={`tag ${TONES[state]}`}>
      {state === "open" ? <i class="po-dot" /> : state === "draft" ? null : <Icon d={state === "planned" ? clock : state === "archived" ? minus : check} size={13} stroke={1.2} />}{words}
    </span>
  );
}

export function pagesWords({ language: tag, groups = [] }: Content): string {
  const texts = POLLS[language.value];
  const pages = tag ? fill(texts.pages, { language: languageName(language.value, tag) }) : texts.anyPages;
  return groups.length ? `${pages}, ${fill(texts.onlyGroups, { groups: groups.join(", ") })}` : pages;
}

/** Beside the tag: what one wants to know of it first. */
export function shortWords({ state, votes, content }: Poll): string {
  const texts = POLLS[language.value];
  if (state === "draft") return countWords(content.answers?.length ?? 0, texts.answers);
  if (state === "planned") return pagesWords(content);
  const counted = countWords(votes, texts.votes);
  return state === "open" && content.closes_at ? `${counted}, ${fill(texts.until, { day: dayOf(content.closes_at) })}` : counted;
}

/** `English pages, 5 to 30 November. Results are shown after voting.` */
export function longWords(poll: Poll): string {
  const texts = POLLS[language.value];
  const { content, opened_at: opened, closed_at: closed } = poll;
  const to = closed ?? content.closes_at;
  const from = opened ?? (to && content.opens_at);
  const days = [from, to].flatMap((at) => (at ? [dayOf(at)] : []));
  const span = !from ? "" : !to ? fill(texts.since, { from: days[0]! }) : days[0] === days[1] ? days[0]! : fill(texts.span, { from: days[0]!, to: days[1]! });
  return `${[pagesWords(content), ...(span ? [span] : [])].join(", ")}. ${content.results === "never" ? texts.shownNever : texts.shownAfter}`;
}
