/** The files of a message: pictures are shown, others are there to be downloaded. */

import { useState } from "preact/hooks";

import { download, Icon } from "../icons.tsx";
import { fill, type Language } from "../language.ts";
import type { AttachmentShown } from "../protocol.ts";
import { sizeText } from "./sizes.ts";
import type { FileTexts } from "./texts/en.ts";
import { isPicture, Thumb } from "./thumb.tsx";

interface Props { files: readonly AttachmentShown[]; language: Language; texts: FileTexts; onView(file: AttachmentShown): void }

export function Attached({ files, ...said }: Props) {
  return <div class="atts">{files.map((file) => <One key={file.id} file={file} {...said} />)}</div>;
}

/** Addresses are those of the gateway, which this script came from. */
export const addressOf = ({ url }: AttachmentShown) => new URL(url, import.meta.url).href;

function One({ file, language, texts, onView }: Omit<Props, "files"> & { file: AttachmentShown }) {
  const [unseen, setUnseen] = useState(false);
  const { name } = file;
  if (isPicture(file) && !unseen) {
    return (
      <button type="button" class="pic" aria-label={fill(texts.show, { name })} aria-haspopup="dialog" onClick={() => onView(file)}>
        <img src={addressOf(file)} alt="" decoding="async" draggable={false} referrerPolicy="no-referrer" onError={() => setUnseen(true)} />
      </button>
    );
  }
  return (
    <a class="att" href={addressOf(file)} download={name} target="_blank" rel="noopener noreferrer" title={fill(texts.download, { name })}>
      <Thumb />
      <span class="grow"><span class="att-name"><bdi>{name}</bdi></span><span class="att-meta">{unseen ? texts.unseen : sizeText(language, file.size)}</span></span>
      <Icon d={download} size={18} />
    </a>
  );
}
