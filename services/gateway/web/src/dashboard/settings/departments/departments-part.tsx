/** Departments: who of the staff takes what was meant for them. */

import "./departments.css";

import { useId, useState } from "preact/hooks";

import { check, Icon, people, plus, trash } from "../../../shared/icons.tsx";
import { fill, plural } from "../../../shared/language.ts";
import type { OperatorDesk } from "../../operator.ts";
import { Notice } from "../../parts.tsx";
import { Avatar, Confirm, Empty, language } from "../../ui.tsx";
import { change, flaw } from "../draft.ts";
import { Flaw, TextLine } from "../fields.tsx";
import { newId, newName } from "../ids.ts";
import type { PartProps } from "../registry.ts";
import type { Department } from "../shop-settings.ts";
import { DEPARTMENTS } from "./texts.ts";

const MOST = 100;
/** So many faces stand in a row; the rest is a number. */
const FACES = 5;

export function DepartmentsPart({ settings, desk }: PartProps) {
  const texts = DEPARTMENTS[language.value];
  const { departments } = settings;
  const [chosen, setChosen] = useState<string | null>(null);
  const one = departments.find((each) => each.id === chosen);
  const put = (next: Department[]) => change({ departments: next });
  const add = () => {
    const name = newName(texts.unnamed, departments.map((each) => each.name));
    const id = newId(name, "department", departments.map((each) => each.id));
    put([...departments, { id, name, operators: [] }]);
    setChosen(id);
  };
  const said = flaw("departments");
  return (
    <div class="sform departments-part">
      <header class="row">
        <div class="grow"><h2>{texts.title}</h2><p class="about">{texts.hint}</p></div>
        {departments.length < MOST && <button class="btn" onClick={add}><Icon d={plus} />{texts.add}</button>}
      </header>
      {said && <Notice tone="red"><span lang="en">{said}</span></Notice>}
      {departments.length === 0
        ? <div class="card"><Empty icon={people} title={texts.none} hint={texts.noneHint} /></div>
        : <List departments={departments} desk={desk} chosen={chosen} onChoose={(id) => setChosen(id === chosen ? null : id)} />}
      {one && (
        <Editor key={one.id} department={one} desk={desk} twice={departments.some((each) => each !== one && same(each.name, one.name))}
          onChange={(next) => put(departments.map((each) => (each.id === one.id ? next : each)))}
          onRemove={() => { put(departments.filter((each) => each.id !== one.id)); setChosen(null); }} />
      )}
      {departments.length > 0 && <Notice>{fill(texts.limit, { n: settings.limit })}</Notice>}
    </div>
  );
}

const same = (one: string, other: string) => one.trim().toLocaleLowerCase() === other.trim().toLocaleLowerCase();
/** Who has left is still on the list until somebody takes them off. */
const nameOf = (desk: OperatorDesk, id: string) => desk.staff.value.find((each) => each.id === id)?.name;

function List({ departments, desk, chosen, onChoose }: { departments: readonly Department[]; desk: OperatorDesk; chosen: string | null; onChoose(id: string): void }) {
  const texts = DEPARTMENTS[language.value];
  return (
    <div class="card">
      <table>
        <thead><tr><th>{texts.name}</th><th>{texts.people}</th><th class="wide-only">{texts.channels}</th></tr></thead>
        <tbody>
          {departments.map((each) => (
            <tr key={each.id} class={each.id === chosen ? "sel" : ""}>
              <td><button class="textlink" aria-expanded={each.id === chosen} onClick={() => onChoose(each.id)}>{each.name}</button></td>
              <td><Faces desk={desk} ids={each.operators} /></td>
              <td class="wide-only"><Channels desk={desk} ids={each.operators} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Faces({ desk, ids }: { desk: OperatorDesk; ids: readonly string[] }) {
  const texts = DEPARTMENTS[language.value];
  if (ids.length === 0) return <span class="tag brass">{texts.nobody}</span>;
  const names = ids.map((id) => nameOf(desk, id) ?? texts.left);
  return (
    <span class="row faces" title={names.join(", ")}>
      {names.slice(0, FACES).map((name, at) => <Avatar key={at} chat={{ visitor: { id: "", signed_in: true, name } }} small />)}
      <span class="sr">{names.join(", ")}</span>
      {names.length > FACES && <span class="meta" aria-hidden="true">+{names.length - FACES}</span>}
    </span>
  );
}

/** Of those of its people who are online. */
function Channels({ desk, ids }: { desk: OperatorDesk; ids: readonly string[] }) {
  const texts = DEPARTMENTS[language.value];
  const channels = desk.desk.value?.channels.filter((each) => ids.includes(each.operator)) ?? [];
  if (channels.length === 0) return <span class="muted">{texts.nobodyOnline}</span>;
  return <>{fill(texts.busy, { n: channels.filter((each) => each.conversation).length, all: channels.length })}</>;
}

interface EditorProps { department: Department; desk: OperatorDesk; twice: boolean; onChange(department: Department): void; onRemove(): void }

function Editor({ department, desk, twice, onChange, onRemove }: EditorProps) {
  const texts = DEPARTMENTS[language.value];
  const id = useId();
  const [sure, setSure] = useState(false);
  const { name, operators } = department;
  const wrong = !name.trim() ? texts.noName : twice ? texts.twice : undefined;
  return (
    <section aria-labelledby={id}>
      <div class="row"><h2 id={id} class="grow cut">{name}</h2><button class="btn sm quiet danger-ink" onClick={() => setSure(true)}><Icon d={trash} size={14} />{texts.remove}</button></div>
      <div class="card">
        <TextLine label={texts.name} hint={texts.nameHint} value={name} most={80} flaw={wrong} onChange={(next) => onChange({ ...department, name: next })} />
        <div class="line members">
          <span class="grow"><span class="b5">{texts.belongs}</span><span class="d">{texts.belongsHint}</span>{operators.length === 0 && <Flaw>{texts.nobodyHint}</Flaw>}</span>
          <Members desk={desk} ids={operators} onChange={(next) => onChange({ ...department, operators: next })} />
        </div>
      </div>
      {operators.length === 1 && <p class="d one">{fill(texts.onePerson, { department: name, name: nameOf(desk, operators[0]!) ?? texts.left })}</p>}
      {sure && <Confirm title={fill(texts.removeSure, { name })} hint={texts.removeHint} yes={texts.removeYes} no={texts.removeNo} onYes={onRemove} onNo={() => setSure(false)} />}
    </section>
  );
}

function Members({ desk, ids, onChange }: { desk: OperatorDesk; ids: readonly string[]; onChange(ids: string[]): void }) {
  const texts = DEPARTMENTS[language.value];
  const all = [...desk.staff.value.map(({ id, name }) => ({ id, name })), ...ids.filter((id) => nameOf(desk, id) === undefined).map((id) => ({ id, name: texts.left }))];
  const count = plural(language.value, ids.length, texts.count);
  return (
    <ul class="cons" aria-label={`${texts.belongs}: ${count}`}>
      {all.map(({ id, name }) => (
        <li key={id}>
          <label class="tick">
            <input type="checkbox" checked={ids.includes(id)} onChange={(event) => onChange(event.currentTarget.checked ? [...ids, id] : ids.filter((each) => each !== id))} />
            <span class="cb"><Icon d={check} size={12} stroke={1.2} /></span><Avatar chat={{ visitor: { id, signed_in: true, name } }} small />{name}
          </label>
        </li>
      ))}
    </ul>
  );
}
