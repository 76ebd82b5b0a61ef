/** A picture large, over what is behind; and from it to those before and after. */

import { useEffect, useRef, useState } from "preact/hooks";

import { back, cross, download, forward, Icon } from "../icons.tsx";
import { fill, type Language } from "../language.ts";
import type { AttachmentShown } from "../protocol.ts";
import { addressOf } from "./attached.tsx";
import { sizeText } from "./sizes.ts";
import type { FileTexts } from "./texts/en.ts";

/** `from`: who sent it and when, in words. */
export interface Picture { file: AttachmentShown; from: string }

interface Props { pictures: readonly Picture[]; first: string; language: Language; texts: FileTexts; onClose(): void }

/** `first`: the id of the one that is asked for. Holds the focus, and in the end gives it back. */
export function Viewer({ pictures, first, language, texts, onClose }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [id, setId] = useState(first);
  const at = Math.max(0, pictures.findIndex(({ file }) => file.id === id));
  const { file, from } = pictures[at]!;
  const step = (by: number) => setId(pictures[(at + by + pictures.length) % pictures.length]!.file.id);
  const many = pictures.length > 1;

  useEffect(() => {
    const before = rootOf(box.current!).activeElement as HTMLElement | null;
    box.current!.querySelector<HTMLElement>(".first")!.focus();
    return () => before?.isConnected && before.focus();
  }, []);
  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    const mirrored = getComputedStyle(box.current!).direction === "rtl" ? -1 : 1;
    const by = { ArrowRight: mirrored, ArrowLeft: -mirrored }[event.key];
    if (event.key === "Escape") onClose();
    else if (by && many) step(by);
    else if (event.key === "Tab") goRound(event, box.current!);
  };
  return (
    <div ref={box} class="viewer" role="dialog" aria-modal="true" aria-label={file.name} onKeyDown={onKey}>
      <div class="viewer-head">
        <span class="grow"><b class="att-name"><bdi>{file.name}</bdi></b><span class="att-meta">{[from, sizeText(language, file.size)].join(", ")}</span></span>
        <a class="att-tool" href={addressOf(file)} download={file.name} target="_blank" rel="noopener noreferrer" aria-label={fill(texts.download, { name: file.name })} title={fill(texts.download, { name: file.name })}><Icon d={download} size={20} /></a>
        <button type="button" class="att-tool first" aria-label={texts.close} title={texts.close} onClick={onClose}><Icon d={cross} size={20} /></button>
      </div>
      <img src={addressOf(file)} alt={file.name} referrerPolicy="no-referrer" />
      {many && (
        <div class="viewer-foot">
          <button type="button" class="att-tool turns" aria-label={texts.previous} title={texts.previous} onClick={() => step(-1)}><Icon d={back} size={20} /></button>
          <span role="status">{fill(texts.place, { n: at + 1, all: pictures.length })}</span>
          <button type="button" class="att-tool turns" aria-label={texts.next} title={texts.next} onClick={() => step(1)}><Icon d={forward} size={20} /></button>
        </div>
      )}
    </div>
  );
}

const rootOf = (box: HTMLElement) => box.getRootNode() as Document | ShadowRoot;

function goRound(event: KeyboardEvent, box: HTMLElement): void {
  const stops = [...box.querySelectorAll<HTMLElement>("a, button")];
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (rootOf(box).activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}
