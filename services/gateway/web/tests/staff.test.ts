import assert from "node:assert/strict";
import { test } from "node:test";

import { deviceOf } from "../src/dashboard/settings/security/device.ts";
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

test("browsers are named as their owners call them", () => {
  const said = (agent: string) => Object.values(deviceOf(agent));
  assert.deepEqual(said("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"), ["Firefox", "Linux", false]);
  assert.deepEqual(said("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"), ["Safari", "iPhone", true]);
  assert.deepEqual(said("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"), ["Edge", "Windows", false]);
  assert.deepEqual(said("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"), ["Chrome", "Android", true]);
  assert.deepEqual(said("python-httpx/0.28"), [null, null, false]);
});
