/** A picture over the page, which leaves rail and desk bar free. */

import "../../../shared/files/files.css";

import { Viewer } from "../../../shared/files/viewer.tsx";
import type { Looking } from "../../preferences/overlay.ts";
import { language } from "../../ui.tsx";
import { FILES } from "./texts.ts";

export function PictureOver({ pictures, first, onClose }: Looking & { onClose(): void }) {
  return (
    <div class="scrim">
      <Viewer pictures={pictures} first={first} language={language.value} texts={FILES[language.value]} onClose={onClose} />
    </div>
  );
}
