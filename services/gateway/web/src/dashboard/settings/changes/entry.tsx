/** One entry of the change log: when, who, what, from what to what, and whether it can be undone. */

import { answer, Icon } from "../../../shared/icons.tsx";
import { fill } from "../../../shared/language.ts";
import { Moment } from "../../parts.tsx";
import { addressOf } from "../../route.ts";
import { Avatar, language } from "../../ui.tsx";
import { PARTS } from "../registry.ts";
import type { Change } from "./rest.ts";
import { CHANGES } from "./texts.ts";
import { colourOf, deedOf, valuesOf, whatOf, type NameOf } from "./wording.ts";

interface Props { change: Change; nameOf: NameOf; busy: boolean; onUndo(): void }

export function Entry({ change, nameOf, busy, onUndo }: Props) {
  const undone = change.undone_by !== undefined;
  return (
    <li class={undone ? "entry undone" : "entry"}>
      <Moment at={change.at} />
      <Avatar chat={{ visitor: { id: change.author.id, name: change.author.name, signed_in: true } }} small />
      <div class="grow">
        <p><Sentence change={change} /></p>
        {change.details ? <p class="d">{deedOf(language.value, change).more}</p> : <Values change={change} nameOf={nameOf} />}
      </div>
      <Ending change={change} busy={busy} onUndo={onUndo} />
    </li>
  );
}

function Sentence({ change }: { change: Change }) {
  const texts = CHANGES[language.value];
  const name = change.author.name;
  if (change.details) return <>{bold(fill(texts.did, { did: deedOf(language.value, change).did }), name)}</>;
  const form = change.undoes ? texts.undid : isOfAList(change) && change.before === null ? texts.added : isOfAList(change) && change.after === null ? texts.removed : texts.changed;
  return <>{bold(fill(form, { what: whatOf(language.value, change), other: change.undoes?.name ?? "" }), name)}</>;
}

const isOfAList = ({ what }: Change) => /^(canned|departments|invitations|hours\.exceptions)\./.test(what);

/** The author's name stands out, wherever the language has it. */
function bold(sentence: string, name: string) {
  const at = sentence.indexOf("{name}");
  return <>{sentence.slice(0, at)}<b>{name}</b>{sentence.slice(at + "{name}".length)}</>;
}

function Values({ change, nameOf }: { change: Change; nameOf: NameOf }) {
  const texts = CHANGES[language.value];
  const { before, after } = valuesOf(language.value, change, nameOf);
  const [was, is] = [colourOf(change.before), colourOf(change.after)];
  if (isOfAList(change) && (change.before === null || change.after === null)) {
    return <p class="values">{change.before === null ? <ins dir="auto">{after}</ins> : <del dir="auto">{before}</del>}</p>;
  }
  return (
    <p class="values">
      {was && <i class="swatch" style={`background:${was}`} />}<del dir="auto">{before}</del> <span class="muted">{texts.to}</span>{" "}
      {is && <i class="swatch" style={`background:${is}`} />}<ins dir="auto">{after}</ins>
    </p>
  );
}

function Ending({ change, busy, onUndo }: { change: Change; busy: boolean; onUndo(): void }) {
  const texts = CHANGES[language.value];
  if (change.undone_by) return <span class="tag"><Icon d={answer} size={14} />{fill(texts.undoneBy, { name: change.undone_by.name })}</span>;
  if (change.can_undo) {
    return (
      <button class="btn sm" aria-disabled={busy} aria-label={fill(texts.undoLabel, { what: whatOf(language.value, change) })} onClick={() => !busy && onUndo()}>
        {busy ? <><i class="spin" />{texts.undoing}</> : <><Icon d={answer} size={14} />{texts.undo}</>}
      </button>
    );
  }
  const part = PARTS.find((each) => each.name === change.part);
  return part ? <a class="meta" href={addressOf("settings", part.name)}>{fill(texts.elsewhere, { part: part.title[language.value] })}</a> : null;
}
