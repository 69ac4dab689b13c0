/** From command line to exit code. Must not know what is measured. */
import { UserError } from '../../local/user-error.ts';
import type { Measure } from './measurement.ts';
import { HELP, type Measurement, parseOptions } from './options.ts';

export const EXIT = { right: 0, wrong: 1, notRun: 2, stopped: 130 } as const;

interface Writer {
  write(text: string): unknown;
}

export interface CommandContext {
  stdout: Writer;
  stderr: Writer;
  stopped: AbortSignal;
}

const MEASURES: Record<Measurement, () => Promise<Measure>> = {
  mongodb: async () => (await import('./mongodb-outage.ts')).measureMongodbOutage,
  viewers: async () => (await import('./viewers.ts')).measureViewers,
  gateway: async () => (await import('./gateway.ts')).measureGateway,
  page: async () => (await import('./page.ts')).measurePage,
};

export async function main(argv: string[], context: CommandContext): Promise<number> {
  const { stdout, stderr, stopped } = context;
  const parsed = parseOptions(argv);
  if (parsed.kind === 'help') {
    stdout.write(HELP);
    return EXIT.right;
  }
  if (parsed.kind === 'bad') {
    stderr.write(`beside: ${parsed.message}\n`);
    return EXIT.notRun;
  }
  const { options } = parsed;
  const logStep = (step: string): void => {
    stderr.write(`beside: ${step}\n`);
  };
  try {
    const measure = await MEASURES[options.what]();
    const { lines, figures, wrong } = await measure({ ...options, stopped, logStep });
    const complaints = wrong.map((what) => `WRONG  ${what}`);
    stdout.write(
      options.json
        ? `${JSON.stringify({ figures, wrong }, null, 2)}\n`
        : `${['', ...lines, '', ...complaints].join('\n')}\n`,
    );
    return wrong.length === 0 ? EXIT.right : EXIT.wrong;
  } catch (error) {
    if (stopped.aborted) {
      stderr.write('beside: stopped\n');
      return EXIT.stopped;
    }
    if (!(error instanceof UserError)) throw error;
    stderr.write(`beside: ${error.message}\n`);
    return EXIT.notRun;
  }
}
