/** JSON Schemas as tables and words, for the page. */
import { html } from 'hono/html';

type Html = ReturnType<typeof html>;

interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  const?: unknown;
  enum?: unknown[];
  pattern?: string;
  default?: unknown;
  description?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
}

const COMPONENTS = '#/components/schemas/';
/** A longer pattern is of no use to a reader. */
const PATTERN_CHARS_MAX = 40;
/** The end of JavaScript's whole numbers is no limit worth naming. */
const MAXIMUM_SHOWN_MAX = 2 ** 40;

export function schemaName(schema: Schema): string | undefined {
  return schema.$ref?.slice(COMPONENTS.length);
}

/** The members of an object, one row each; members of members below them, with their path. */
export function membersTable(schema: Schema): Html {
  const rows = rowsOf(schema, '');
  if (rows.length === 0) return html`<p>${typeOf(schema)}</p>`;
  return html`<table>
    <tbody>
      ${rows.map(
        ({ path, required, member }) => html`<tr>
          <th scope="row"><code>${path}</code></th>
          <td>${required ? '' : 'optional'}</td>
          <td>${typeOf(member)}${member.description && html`<br />${member.description}`}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

/** A schema in a few words, with a link where it has a name. */
export function typeOf(schema: Schema): Html {
  const name = schemaName(schema);
  if (name !== undefined) return html`<a href="#${name}Schema">${name}</a>`;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) {
    return html`${choices.map((choice, n) => html`${n > 0 ? ' or ' : ''}${typeOf(choice)}`)}`;
  }
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (schema.enum !== undefined) return html`one of <code>${schema.enum.join(', ')}</code>`;
  if (schema.type === 'array') {
    return html`list of ${schema.items ? typeOf(schema.items) : 'anything'}${limits(schema)}`;
  }
  const [type = 'anything', ...others] = [schema.type ?? []].flat();
  const orNull = others.includes('null') ? ' or null' : '';
  return html`${schema.format ?? type}${limits(schema)}${orNull}`;
}

function limits(schema: Schema): string {
  const { format, pattern, minLength, maxLength, minItems, maxItems, minimum, maximum } = schema;
  const parts = [
    range(minLength, maxLength, 'characters'),
    range(minItems, maxItems, 'items'),
    range(minimum, maximum !== undefined && maximum > MAXIMUM_SHOWN_MAX ? undefined : maximum, ''),
    format === undefined && pattern !== undefined && pattern.length <= PATTERN_CHARS_MAX
      ? pattern
      : '',
    schema.default === undefined ? '' : `${JSON.stringify(schema.default)} if left out`,
  ].filter((text) => text !== '');
  return parts.map((text) => `, ${text}`).join('');
}

function range(min: number | undefined, max: number | undefined, unit: string): string {
  if (min === undefined && max === undefined) return '';
  const bounds =
    max === undefined ? `at least ${min}` : min ? `${min} to ${max}` : `at most ${max}`;
  return `${bounds} ${unit}`.trim();
}

function rowsOf(
  schema: Schema,
  prefix: string,
): { path: string; required: boolean; member: Schema }[] {
  const { properties = {}, required = [], items } = schema;
  const inItems = items === undefined ? [] : rowsOf(items, `${prefix}[].`);
  const own = Object.entries(properties).flatMap(([name, member]) => {
    const path = `${prefix}${name}`;
    const inMember = member.items ? rowsOf(member.items, `${path}[].`) : rowsOf(member, `${path}.`);
    return [{ path, required: required.includes(name), member }, ...inMember];
  });
  return [...own, ...inItems];
}
