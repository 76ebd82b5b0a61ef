/** What differs between two versions of the settings, by path, and how changes of one go onto another. Pure. */

import type { ShopSettings } from "./shop-settings.ts";

/** `offline_form.header.pl`, `limit`, `hours`. */
export type Path = string;

type Tree = Record<string, unknown>;

/** Of these the members are changed one by one; a text by language is one too, for the reader. Everything else changes whole. */
const GROUPS = /^(header|welcome|retention|mail|mail\.templates|push|privacy|privacy\.notice|colours(\.\w+)?|chat_fields|offline_form(\.(header|welcome|fields))?)$/;

/** The gateway takes texts by language, and templates, whole. */
const SENT_WHOLE = /(^|\.)(header|welcome|notice|templates)$/;

export function changedPaths(before: ShopSettings, after: ShopSettings): Path[] {
  return differing(before as unknown as Tree, after as unknown as Tree, "");
}

function differing(before: Tree, after: Tree, prefix: string): Path[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const path = prefix + name;
    const [one, other] = [before[name], after[name]];
    if (isGroup(path) && isTree(one) && isTree(other)) return differing(one, other, `${path}.`);
    return same(one, other) ? [] : [path];
  });
}

/** Colours of the header and the texts of that name are told apart by their place: only texts are sent whole. */
const isText = (path: Path) => SENT_WHOLE.test(path) && !path.startsWith("colours");
const isGroup = (path: Path) => GROUPS.test(path);
const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);

/** Lists by their order, objects by their members; a text that is empty is none. */
export function same(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((each, at) => same(each, other[at]));
  if (isTree(one) && isTree(other)) return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((name) => same(one[name], other[name]));
  return Object.is(one ?? "", other ?? "");
}

/** `onto` with what these paths have in `from`. */
export function withPaths(onto: ShopSettings, from: ShopSettings, paths: readonly Path[]): ShopSettings {
  return paths.reduce((tree, path) => put(tree, path.split("."), at(from, path)), onto as unknown as Tree) as unknown as ShopSettings;
}

export function at(settings: ShopSettings, path: Path): unknown {
  return path.split(".").reduce<unknown>((tree, name) => (isTree(tree) ? tree[name] : undefined), settings);
}

function put(tree: Tree, [name = "", ...rest]: readonly string[], value: unknown): Tree {
  if (rest.length) return { ...tree, [name]: put(isTree(tree[name]) ? tree[name] : {}, rest, value) };
  if (value !== undefined) return { ...tree, [name]: value };
  const { [name]: _gone, ...others } = tree;
  return others;
}

/** What is sent to have these paths as `after` has them. */
export function toSend(after: ShopSettings, paths: readonly Path[]): Partial<ShopSettings> {
  const whole = paths.map((path) => {
    const names = path.split(".");
    const cut = names.findIndex((_, upTo) => isText(names.slice(0, upTo + 1).join(".")));
    return cut < 0 ? path : names.slice(0, cut + 1).join(".");
  });
  return [...new Set(whole)].reduce<Tree>((tree, path) => put(tree, path.split("."), at(after, path)), {}) as Partial<ShopSettings>;
}

/** Texts that stand in some languages of the shop and lack in others, as paths; where texts lack, another language's is shown. */
export function missingTexts(settings: ShopSettings): Path[] {
  const texts: [Path, Record<string, string>][] = [
    ["header", settings.header], ["welcome", settings.welcome], ["offline_form.header", settings.offline_form.header],
    ["offline_form.welcome", settings.offline_form.welcome], ["privacy.notice", settings.privacy.notice],
  ];
  return texts.flatMap(([path, by]) => (Object.values(by).some(Boolean) ? settings.languages.filter((each) => !by[each]).map((each) => `${path}.${each}`) : []));
}
