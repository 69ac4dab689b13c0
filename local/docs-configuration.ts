/** `npm run docs:configuration`: writes docs/configuration.md from the tables of variables. */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Variable, VariableTable } from '../data-api/environment.ts';
import { VARIABLES as GATEWAY } from '../data-api/variables.ts';
import { VARIABLES as PREVIEWS } from '../previews/variables.ts';
import { VARIABLES as SHOP } from '../worker/config/variables.ts';
import { COMMAND_VARIABLES } from './variables.ts';

export const CONFIGURATION_FILE = fileURLToPath(
  new URL('../docs/configuration.md', import.meta.url),
);

export async function main(): Promise<void> {
  await writeFile(CONFIGURATION_FILE, configurationDocument());
}

/** The whole file. */
export function configurationDocument(): string {
  return `# Configuration

<!-- Made by \`npm run docs:configuration\` from worker/config/variables.ts, data-api/variables.ts,
     previews/variables.ts and local/variables.ts. Change it there. -->

Each Worker checks all of its variables before it answers anything. Where one is missing or malformed,
the shop stays closed: \`GET /api/v1/health\` answers \`503\` with the code \`unavailable\` and names
each of them, what is wrong with it and what it must be, never its value; so does one line in the
log. Every other call is answered \`503\` \`unavailable\`, and the cron run is shown as failed.

An empty text is as good as none. Variables stand in \`wrangler.toml\`, once for each environment;
secrets are given to \`npm run deploy\` in a file or to \`wrangler secret put\`, and never stand there.

## The shop

${workerTable(SHOP)}

## The Data API

${workerTable(GATEWAY)}

## Pictures of reports

${workerTable(PREVIEWS)}

## Commands on one machine

${commandTable()}
`;
}

function workerTable(table: VariableTable): string {
  const rows = Object.entries(table).map(([name, variable]) => {
    const { kind, default: text, meaning, form, usedIn } = variable;
    const files = usedIn.map((file) => `\`${file}\``).join(' ');
    return [
      `\`${name}\``,
      kind,
      needOf(variable),
      text === undefined ? '' : `\`${text}\``,
      meaning,
      code(form),
      files,
    ];
  });
  return markdown(['name', 'kind', 'needed', 'default', 'what', 'must be', 'used in'], rows);
}

function needOf({ needed }: Variable): string {
  if (typeof needed === 'object') {
    if ('withAny' in needed)
      return `with ${needed.withAny.map((one) => `\`${one}\``).join(' or ')}`;
    const value = needed.being === undefined ? '' : `=${needed.being}`;
    return `with \`${needed.with}${value}\``;
  }
  return needed === 'always' ? 'always' : 'no';
}

function commandTable(): string {
  const rows = Object.entries(COMMAND_VARIABLES).map(
    ([name, { default: text, meaning, usedBy }]) => [
      `\`${name}\``,
      text,
      meaning,
      usedBy.map((command) => `\`${command}\``).join(', '),
    ],
  );
  return markdown(['name', 'default', 'what', 'commands'], rows);
}

function markdown(head: string[], rows: string[][]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Addresses are no links here. */
function code(form: string): string {
  return form.replaceAll(/(?<![\w`])\w+(\+srv)?:\/\/\S+/g, (address) =>
    form.includes('`') ? address : `\`${address}\``,
  );
}
