import assert from "node:assert/strict";
import { test } from "node:test";

import type { Member } from "../src/dashboard/settings/staff/rest.ts";
import { choiceFor, givenBy, inOrder, linkEnds, mayManage } from "../src/dashboard/settings/staff/rules.ts";

const member = (id: string, role: Member["role"], more: Partial<Member> = {}): Member =>
  ({ id, name: id, email: `${id}@shop.example`, role, second_factor: false, last_seen_at: null, left_at: null, ...more });
const [olga, piotr, max, ola] = [member("olga", "owner"), member("piotr", "owner"), member("max", "manager"), member("ola", "operator")];

test("owners change everybody but themselves, managers only operators, operators nobody", () => {
  const may = (me: Member) => [olga, piotr, max, ola].filter((other) => mayManage(me, other)).map((each) => each.id);
  assert.deepEqual([olga, max, ola].map(may), [["piotr", "max", "ola"], ["ola"], []]);
  assert.deepEqual(choiceFor(olga, max), ["owner", "manager", "operator"]);
  assert.deepEqual([choiceFor(max, ola), choiceFor(olga, olga), choiceFor(olga, { ...max, left_at: "2026-11-01T00:00:00Z" })], [[], [], []], "one role alone is no choice");
  assert.deepEqual(givenBy("manager"), ["operator"]);
});

test("the list begins with the owners and ends with who has left", () => {
  const gone = member("adam", "owner", { left_at: "2026-11-01T00:00:00Z" });
  assert.deepEqual(inOrder([gone, ola, max, piotr, olga], "en").map((each) => each.id), ["olga", "piotr", "max", "ola", "adam"]);
});

test("a link's end is told by the reader's calendar", () => {
  const now = new Date(2026, 10, 22, 14, 0).getTime();
  const at = (day: number, hour: number) => linkEnds(new Date(2026, 10, day, hour).toISOString(), now);
  assert.deepEqual([at(22, 13), at(22, 23), at(23, 1), at(25, 9)], ["over", "today", "tomorrow", "later"]);
});
