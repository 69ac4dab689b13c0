/** The command that compares the shop with itself. Must not know what is measured. */
import type { Command } from '../command/command.ts';
import type { Measure } from './measurement.ts';
import { HELP, type Measurement, type Options, parseOptions } from './options.ts';

const MEASURES: Record<Measurement, () => Promise<Measure>> = {
  mongodb: async () => (await import('./mongodb-outage.ts')).measureMongodbOutage,
  viewers: async () => (await import('./viewers.ts')).measureViewers,
  mails: async () => (await import('./mails.ts')).measureMails,
  payments: async () => (await import('./payments.ts')).measurePayments,
  draw: async () => (await import('./draw.ts')).measureDraw,
  gateway: async () => (await import('./gateway.ts')).measureGateway,
  page: async () => (await import('./page.ts')).measurePage,
};

export const compareCommand: Command<Options> = {
  name: 'compare',
  help: HELP,
  signals: ['SIGINT', 'SIGTERM', 'SIGHUP'],
  parse: (argv) => parseOptions(argv),
  async run(options, { stdout, stopped, logStep }) {
    const measure = await MEASURES[options.what]();
    const { lines, figures, wrong } = await measure({ ...options, stopped, logStep });
    const wrongLines = wrong.map((what) => `WRONG  ${what}`);
    stdout.write(
      options.json
        ? `${JSON.stringify({ figures, wrong }, null, 2)}\n`
        : `${['', ...lines, '', ...wrongLines].join('\n')}\n`,
    );
    return wrong.length === 0;
  },
};
