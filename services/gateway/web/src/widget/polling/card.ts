/** The card over the launcher: the question with its answers, then what came of it. It takes no focus of its own accord. */

import { check, cross } from "../../shared/icons.tsx";
import { fill, plural, type Language } from "../../shared/language.ts";
import { button } from "../button.ts";
import { element, svg } from "../loader/launcher.ts";
import type { Poll } from "./poll.ts";
import { resultsOf, type Line } from "./results.ts";
import type { PollingTexts } from "./texts.ts";

export interface Words { texts: PollingTexts; language: Language }

export class Card {
  readonly box = element("section", "ask");
  private readonly body = element("div", "ask-body");
  /** Read aloud, whatever has the focus; it stands there before there is anything to read. */
  private readonly status = element("p", "ask-said");
  private poll = "";
  /** Of that poll. */
  private chosen: string | null = null;
  private send: HTMLButtonElement | null = null;

  constructor(private readonly vote: (answer: string) => void, private readonly close: () => void) {
    this.box.hidden = true;
    this.box.tabIndex = -1;
    this.status.role = "status";
    this.box.append(this.body, this.status);
    this.box.addEventListener("keydown", (event) => {
      // The shop's page has its own shortcuts.
      event.stopPropagation();
      if (event.key === "Escape") this.close();
    });
  }

  /** The question; what was chosen of it before stays. */
  ask(poll: Poll, words: Words): void {
    if (poll.id !== this.poll) this.chosen = null;
    this.poll = poll.id;
    const { texts } = words;
    const question = this.begin(poll, texts);
    const group = element("div", "ask-group");
    group.role = "radiogroup";
    group.setAttribute("aria-labelledby", question.id);
    group.append(...poll.answers.map((answer) => this.answer(poll, answer)));
    this.send = button("ask-vote", texts.vote, () => this.chosen !== null && this.vote(this.chosen));
    this.send.disabled = this.chosen === null;
    const foot = element("div", "ask-foot");
    foot.append(this.send, until(poll, words));
    this.body.append(group, foot);
    this.status.textContent = "";
  }

  busy(is: boolean): void {
    // Not disabled: it would lose the focus.
    if (this.send) this.send.ariaBusy = String(is);
    if (is) this.status.textContent = "";
  }

  /** It did not work: what to do stands beside the button. */
  say(text: string): void {
    this.status.textContent = text;
  }

  /** After voting: the results, if the shop shows any, and a word; `said` takes the place of the thanks. */
  tell(poll: Poll, counts: Record<string, number> | undefined, said: string, words: Words): void {
    const { texts, language } = words;
    const inside = this.box.contains((this.box.getRootNode() as ShadowRoot).activeElement);
    this.begin(poll, texts);
    this.send = null;
    if (counts) {
      const { lines, votes } = resultsOf(poll, counts);
      const list = element("ul", "ask-results");
      list.append(...lines.map((line) => result(line, words)));
      const total = element("p", "ask-total");
      total.textContent = plural(language, votes, texts.votes);
      this.body.append(list, total);
    }
    this.status.textContent = said;
    // The button that had it is gone.
    if (inside) this.box.focus();
  }

  show(is: boolean): void {
    this.box.hidden = !is;
  }

  private begin(poll: Poll, texts: PollingTexts): HTMLElement {
    const question = element("p", "ask-question");
    question.id = "shopbell-poll";
    question.dir = "auto";
    question.textContent = poll.question;
    const close = button("ask-x", "", this.close);
    close.ariaLabel = texts.close;
    close.append(svg(cross));
    this.box.ariaLabel = texts.poll;
    this.body.replaceChildren(close, question);
    // A long poll was read down to its button.
    this.box.scrollTop = 0;
    return question;
  }

  private answer(poll: Poll, { id, text }: Poll["answers"][number]): HTMLElement {
    const line = element("label", "ask-answer");
    const radio = element("input", "");
    radio.type = "radio";
    radio.name = poll.id;
    radio.checked = id === this.chosen;
    radio.addEventListener("change", () => {
      this.chosen = id;
      if (this.send) this.send.disabled = false;
    });
    const words = element("span", "");
    words.dir = "auto";
    words.textContent = text;
    line.append(radio, words);
    return line;
  }
}

function until({ closes_at: end }: Poll, { texts, language }: Words): HTMLElement {
  const words = element("span", "ask-until");
  if (end) words.textContent = fill(texts.until, { date: new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { day: "numeric", month: "long" }).format(new Date(end)) });
  return words;
}

function result({ text, percent, mine }: Line, { texts, language }: Words): HTMLElement {
  const line = element("li", mine ? "mine" : "");
  const label = element("span", "ask-label");
  const name = element("span", "");
  name.dir = "auto";
  name.textContent = text;
  label.append(name);
  if (mine) {
    const own = element("small", "");
    own.textContent = texts.yours;
    label.append(svg(check), own);
  }
  const share = element("b", "");
  share.textContent = new Intl.NumberFormat(language, { style: "percent" }).format(percent / 100);
  const track = element("span", "ask-track");
  track.ariaHidden = "true";
  const bar = element("i", "");
  bar.style.inlineSize = `${percent}%`;
  track.append(bar);
  label.append(share);
  line.append(label, track);
  return line;
}
