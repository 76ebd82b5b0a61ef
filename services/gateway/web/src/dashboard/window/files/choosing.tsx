/** How files come to a reply: by the clip, from the clipboard, or dropped on the window. */

import { useRef, useState } from "preact/hooks";

import { clip, Icon } from "../../../shared/icons.tsx";
import { language } from "../../ui.tsx";
import { WINDOW } from "../texts.ts";
import { FILES } from "./texts.ts";

export function ClipButton({ onChoose }: { onChoose(files: File[]): void }) {
  const texts = WINDOW[language.value];
  const picker = useRef<HTMLInputElement>(null);
  const choose = ({ currentTarget: input }: { currentTarget: HTMLInputElement }) => {
    onChoose([...input.files!]);
    input.value = "";
  };
  return (
    <>
      <button class="ib" aria-label={texts.attach} title={texts.attach} onClick={() => picker.current!.click()}><Icon d={clip} size={17} /></button>
      <input ref={picker} type="file" multiple hidden onChange={choose} />
    </>
  );
}

/** The files that are pasted. Office programs add a picture of the text that was copied: then it is the text that is meant. */
export function pastedFiles({ clipboardData }: ClipboardEvent): File[] {
  return clipboardData && !clipboardData.types.includes("text/plain") ? [...clipboardData.files] : [];
}

/** For an element on which files may be dropped: `take` gets them, null where none are taken. */
export function useDrop(take: ((files: File[]) => void) | null) {
  const [over, setOver] = useState(false);
  const onDrag = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    // Where it is not taken, the browser would leave the page for it.
    event.preventDefault();
    setOver(event.type === "dragover" && take !== null);
    if (event.type === "drop") take?.([...event.dataTransfer.files]);
  };
  const onDragLeave = ({ currentTarget, relatedTarget }: DragEvent) => {
    if (!(currentTarget as Element).contains(relatedTarget as Node | null)) setOver(false);
  };
  return { over, on: { onDragOver: onDrag, onDrop: onDrag, onDragLeave } };
}

export function DropHere() {
  return <div class="dropping" aria-hidden="true"><Icon d={clip} size={24} />{FILES[language.value].drop}</div>;
}
