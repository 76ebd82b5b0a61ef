/** How reviews stand at the shop: figures of them, and of the mails that ask for them. */

import { useEffect, useState } from "preact/hooks";

import { useNowAndThen } from "../list.ts";
import { count } from "./counts.ts";
import * as rest from "./rest.ts";

const LOOK_MS = 20_000;

export interface Standing {
  figures: rest.Figures | null;
  asked: rest.Asked | null;
  rules: rest.Rules | null;
  /** Something could not be read the last time. */
  failed: boolean;
  /** Reads them anew. */
  read(): void;
  /** The same, for the lists too: they hang on `looks`. */
  look(): void;
  looks: number;
}

/** What can't be read stays as it was. */
export function useStanding(shop: string): Standing {
  const [figures, setFigures] = useState<rest.Figures | null>(null);
  const [asked, setAsked] = useState<rest.Asked | null>(null);
  const [rules, setRules] = useState<rest.Rules | null>(null);
  const [failed, setFailed] = useState(false);
  const [looks, setLooks] = useState(0);
  const read = () => {
    void Promise.allSettled([rest.figures(shop).then(setFigures), rest.asking(shop).then(setAsked), rest.rules(shop).then(setRules)])
      .then((all) => setFailed(all.some(({ status }) => status === "rejected")));
    void count(shop);
  };
  useEffect(read, [shop]);
  useNowAndThen(read, LOOK_MS);
  const look = () => {
    setLooks((before) => before + 1);
    read();
  };
  return { figures, asked, rules, failed, looks, read, look };
}
