/** The command line of `npm run deploy`, read and checked. */
import { parseArgs } from 'node:util';
import { ENVIRONMENTS, type Environment } from '../environments.ts';
import { messageOf, UserError } from '../user-error.ts';

export interface DeployOptions {
  environments: Environment[];
  isDryRun: boolean;
  skipsTests: boolean;
  secretsFile: string | undefined;
  /** Where the shop answers, if not where wrangler says. */
  url: string | undefined;
}

const FLAGS = {
  env: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'skip-tests': { type: 'boolean', default: false },
  'secrets-file': { type: 'string' },
  url: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export const HELP = `Deploys the shop: checks, tests, migrations, all Workers, and a check of the result.

  npm run deploy -- [options]

  --env NAME           ${ENVIRONMENTS.join(' or ')} (default staging; a dry run: both)
  --dry-run            all that needs no account, no database and no network
  --skip-tests         not the tests, for a commit that has passed them
  --secrets-file FILE  secrets of all Workers, NAME="value" a line; needed the first time
  --url URL            where the shop answers (default: where wrangler puts it)

The Postgres to migrate is DATABASE_URL of the secrets file, or else of the environment. Wrangler
signs in by \`npx wrangler login\` or CLOUDFLARE_API_TOKEN. The rest is in docs/deployment.md.
`;

/** @returns undefined where only the help is wanted. @throws UserError naming the flag at fault. */
export function parseDeployOptions(argv: string[]): DeployOptions | undefined {
  const { values } = parsed(argv);
  if (values.help) return undefined;
  const { env, url, 'dry-run': isDryRun, 'skip-tests': skipsTests } = values;
  const environment = ENVIRONMENTS.find((name) => name === env);
  if (env !== undefined && environment === undefined) {
    throw new UserError(`--env is ${env}; it must be ${ENVIRONMENTS.join(' or ')}.`);
  }
  if (url !== undefined && !/^https?:$/.test(protocolOf(url))) {
    throw new UserError(`--url is ${url}; it must be an http address.`);
  }
  const everywhere = isDryRun ? [...ENVIRONMENTS] : [ENVIRONMENTS[0]];
  return {
    environments: environment === undefined ? everywhere : [environment],
    isDryRun,
    skipsTests,
    secretsFile: values['secrets-file'],
    url,
  };
}

function parsed(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: FLAGS, strict: true });
  } catch (error) {
    throw new UserError(`${messageOf(error)}\n\n${HELP}`);
  }
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}
