/** A poll as it is being written: what is typed, what is wrong with it, and what is sent. Pure. */

import { groupOf } from "../../shared/group.ts";
import { momentOf } from "../push/form.ts";
import { clockOf } from "../settings/hours/spans.ts";
import { later, wallOf } from "../settings/hours/standing.ts";
import type { Answer, Content, Results } from "./rest.ts";

export const QUESTION_MOST = 200;
export const ANSWER_MOST = 120;
export const ANSWERS_MOST = 12;
export const GROUPS_MOST = 200;
export const GROUPS_IN_ALL = 20;
export const ANSWERS_LEAST = 2;
/** A time that passed while somebody was still choosing counts as now. */
const PATIENCE_MS = 60_000;

/** By the shop's clock: `2026-11-30`, `18:00`. */
export interface Moment { on: boolean; date: string; time: string }

/** `groups`: of pages, as they are typed, with commas between. */
export interface Form { question: string; answers: Answer[]; language: string; groups: string; opens: Moment; closes: Moment; results: Results }

export function freshForm(zone: string, now: number, newId: () => string): Form {
  const { date } = wallOf(zone, now);
  return {
    question: "", answers: [{ id: newId(), text: "" }, { id: newId(), text: "" }], language: "", groups: "",
    opens: { on: false, date: later(date, 1), time: "09:00" }, closes: { on: false, date: later(date, 7), time: "20:00" }, results: "after_vote",
  };
}

export function formOf(content: Content, zone: string, fresh: Form): Form {
  const moment = (at: string | null | undefined, usual: Moment): Moment => {
    if (!at) return usual;
    const { date, minutes } = wallOf(zone, Date.parse(at));
    return { on: true, date, time: clockOf(minutes) };
  };
  const answers = content.answers ?? [];
  return {
    question: content.question, answers: answers.length < ANSWERS_LEAST ? [...answers, ...fresh.answers].slice(0, ANSWERS_LEAST) : answers, language: content.language ?? "",
    groups: (content.groups ?? []).join(", "), opens: moment(content.opens_at, fresh.opens), closes: moment(content.closes_at, fresh.closes), results: content.results ?? "after_vote",
  };
}

/** Answers without a text are left out. */
export function contentOf(form: Form, zone: string): Content {
  const at = (moment: Moment) => {
    const found = moment.on ? momentOf(moment, zone) : null;
    return found === null ? null : new Date(found).toISOString();
  };
  return {
    question: form.question.trim(), answers: form.answers.flatMap(({ id, text }) => (text.trim() ? [{ id, text: text.trim() }] : [])),
    language: form.language || null, groups: groupsOf(form), opens_at: at(form.opens), closes_at: at(form.closes), results: form.results,
  };
}

const typedGroups = ({ groups }: Form) => groups.split(",").map((each) => each.trim()).filter(Boolean);

/** In the spelling that pages have them in, each once. */
const groupsOf = (form: Form) => [...new Set(typedGroups(form).flatMap((each) => groupOf(each, "") ?? []))];

export type Field = "question" | "answers" | "groups" | "opens" | "closes";
export type Flaw = "noQuestion" | "fewAnswers" | "alikeAnswers" | "noGroup" | "manyGroups" | "noTime" | "past" | "beforeOpening";
export type Flaws = Partial<Record<Field, Flaw>>;

/** The answers that read as another one does, by id, but for the first of them. */
export function alikeOf(answers: readonly Answer[]): Set<string> {
  const seen = new Set<string>();
  const alike = new Set<string>();
  for (const { id, text } of answers) {
    const read = text.normalize().trim().replaceAll(/\s+/g, " ").toLowerCase();
    if (read && seen.has(read)) alike.add(id);
    seen.add(read);
  }
  return alike;
}

/** What is in the way: of keeping it at all, and with `start` of opening it. One that `isOpen` has opened by now. */
export function flawsOf(form: Form, zone: string, now: number, start: boolean, isOpen = false): Flaws {
  const flaws: Flaws = {};
  const opens = form.opens.on ? momentOf(form.opens, zone) : now;
  const closes = form.closes.on ? momentOf(form.closes, zone) : Infinity;
  if (!form.question.trim()) flaws.question = "noQuestion";
  if (start && form.answers.filter(({ text }) => text.trim()).length < ANSWERS_LEAST) flaws.answers = "fewAnswers";
  else if (alikeOf(form.answers).size > 0) flaws.answers = "alikeAnswers";
  // What no page can be named must not be left out without a word: without any group the poll stands on all pages.
  if (typedGroups(form).some((each) => groupOf(each, "") === undefined)) flaws.groups = "noGroup";
  else if (groupsOf(form).length > GROUPS_IN_ALL) flaws.groups = "manyGroups";
  if (opens === null) flaws.opens = "noTime";
  else if (!isOpen && opens < now - PATIENCE_MS) flaws.opens = "past";
  if (closes === null) flaws.closes = "noTime";
  else if (closes <= now) flaws.closes = "past";
  else if (!isOpen && opens !== null && closes <= opens) flaws.closes = "beforeOpening";
  return flaws;
}
