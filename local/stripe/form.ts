/** Reads form-encoded parameters with nested names, such as `a[b][0][c]=1`. Knows no parameter. */
import { badParam } from './api-error.ts';
import { PARAM_DEPTH_MAX, PARAMS_MAX } from './limits.ts';

export interface Form {
  [name: string]: string | Form;
}

const NAME = /^[^[\]]+(\[[^[\]]*\])*$/;

/** Lists are objects whose names are numbers; `a[]=1` takes the next number. */
export function parseForm(text: string): Form {
  const form = emptyForm();
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    count += 1;
    if (count > PARAMS_MAX) throw badParam(name, `More than ${PARAMS_MAX} parameters`);
    if (!NAME.test(name)) throw badParam(name, `Invalid name of a parameter: ${name}`);
    const path = name.replaceAll(']', '').split('[');
    if (path.length > PARAM_DEPTH_MAX) throw badParam(name, `${name} is nested too deep`);
    put(form, path, { name, value });
  }
  return form;
}

function put(
  form: Form,
  path: readonly string[],
  { name, value }: { name: string; value: string },
) {
  let place = form;
  for (const [index, part] of path.entries()) {
    const key = part === '' ? String(Object.keys(place).length) : part;
    const present = place[key];
    if (index === path.length - 1) {
      if (present !== undefined) throw badParam(name, `${name} is given twice`);
      place[key] = value;
      return;
    }
    if (typeof present === 'string') throw badParam(name, `${name} is a text and an object`);
    const next = present ?? emptyForm();
    place[key] = next;
    place = next;
  }
}

/** Without a prototype, so that a parameter may have any name. */
function emptyForm(): Form {
  return Object.create(null) as Form;
}

/** `a[b][0]` of its parts. */
export function nameOf(path: readonly PropertyKey[]): string {
  return path.map((part, index) => (index === 0 ? String(part) : `[${String(part)}]`)).join('');
}
