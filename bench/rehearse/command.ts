/** The command that plays a sale and recounts it. Must not know how a sale is played. */
import type { Command } from '../command/command.ts';
import { HELP, type Options, parseOptions } from './options.ts';
import { type FasterTiming, openPorts } from './ports.ts';
import { rehearse } from './rehearsal.ts';
import { reportLines } from './report.ts';

export interface RehearseSettings {
  /** The seed to use where none is given. */
  seedDrawn: number;
  timing?: FasterTiming;
}

export function rehearseCommand({ seedDrawn, timing }: RehearseSettings): Command<Options> {
  return {
    name: 'rehearse',
    help: HELP,
    signals: ['SIGINT'],
    parse: (argv, env) => parseOptions(argv, env, seedDrawn),
    async run(given, context) {
      const { options, ports } = openPorts(given, context, timing);
      const verdict = await rehearse(options, ports);
      const json = `${JSON.stringify(verdict, null, 2)}\n`;
      context.stdout.write(options.json ? json : reportLines(verdict).join('\n'));
      return verdict.ok;
    },
  };
}
