/** Which role may do what, in short. */

import { check, Icon } from "../../../shared/icons.tsx";
import { language } from "../../ui.tsx";
import { ROLES } from "./rules.ts";
import { STAFF } from "./texts.ts";

/** The lowest role that may do each of `deedsOf`. */
const LOWEST = ["operator", "manager", "manager", "owner"] as const;

export function MayTable() {
  const texts = STAFF[language.value];
  const rising = [...ROLES].reverse();
  return (
    <div class="card may">
      <table>
        <thead><tr><th>{texts.may}</th>{rising.map((role) => <th key={role}>{texts.roles[role]}</th>)}</tr></thead>
        <tbody>
          {texts.deedsOf.map((deed, at) => (
            <tr key={deed}>
              <th scope="row" class="b5">{deed}</th>
              {rising.map((role) => <td key={role}>{rising.indexOf(role) >= rising.indexOf(LOWEST[at]!) ? <Yes word={texts.yes} /> : <span class="meta">{texts.no}</span>}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const Yes = ({ word }: { word: string }) => <span class="green-ink"><Icon d={check} /><span class="sr">{word}</span></span>;
