/** The load test: plays a sale, judges it and writes a report. Must not know how any of it is done. */
import { writeFile } from 'node:fs/promises';
import type { Command } from '../command/command.ts';
import type { RehearseSettings } from '../rehearse/command.ts';
import { openPorts } from '../rehearse/ports.ts';
import { rehearse } from '../rehearse/rehearsal.ts';
import { reportLines } from '../rehearse/report.ts';
import { judgeLoad } from './judgement.ts';
import { HELP, type LoadOptions, parseOptions } from './options.ts';
import { reportPage } from './page.ts';
import { openRecorder } from './recorder.ts';
import { scenarioVisitor } from './scenario.ts';
import { summaryLines } from './summary.ts';

export function loadCommand({ seedDrawn, timing }: RehearseSettings): Command<LoadOptions> {
  return {
    name: 'load',
    help: HELP,
    signals: ['SIGINT'],
    parse: (argv, env) => parseOptions(argv, env, seedDrawn),
    async run(options, context) {
      const { options: sale, ports } = openPorts(options.sale, context, timing);
      const recorder = openRecorder({ isPaidOnline: sale.pay !== undefined });
      const verdict = await rehearse(sale, {
        ...ports,
        onReply: recorder.note,
        onForm: recorder.noteForm,
        visitor: scenarioVisitor(recorder, ports.now),
      });
      const judgement = judgeLoad(verdict, recorder, options.thresholds);
      const report = { options, verdict, recorder, judgement, atMs: Date.now() };
      await writeFile(options.reportFile, reportPage(report));
      const plots = `plots: ${options.reportFile}`;
      const lines = [...reportLines(verdict), ...summaryLines(judgement), plots, ''];
      const json = `${JSON.stringify({ ...judgement, verdict }, null, 2)}\n`;
      context.stdout.write(sale.json ? json : lines.join('\n'));
      return judgement.ok;
    },
  };
}
