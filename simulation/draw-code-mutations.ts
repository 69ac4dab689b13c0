/** Mistakes in how the object draws an event: in the order of its steps, and in what it states. */
import { type Mutation, mistake } from './mutation.ts';

const KEEP_LOCKED = '  await keepLocked(ports, draw);\n';
const ASK = '  const round = await ports.beacon.round(start.beacon, nowMs);\n';
const RANK = '  await ports.rank({ seed, round }, nowMs);\n';

function later(name: string, step: string): Mutation & { file: string } {
  const changes = [
    { find: KEEP_LOCKED, replace: '' },
    { find: step, replace: step + KEEP_LOCKED },
  ];
  return { file: 'draw-event.ts', name, changes };
}

/** Each `file` is in worker/draw. */
export const DRAW_CODE_MUTATIONS: (Mutation & { file: string })[] = [
  later('ranks before the lock is stated', RANK),
  later('asks for the round before the lock is stated', ASK),
  {
    file: 'draw-statements.ts',
    ...mistake(
      'states another head',
      'records, entries, head };',
      'records, entries, head: startHash };',
    ),
  },
  {
    file: 'draw-event.ts',
    ...mistake(
      'states no end that it finds',
      '    await keepEnding(ports, draw);\n    return DONE;',
      '    return DONE;',
    ),
  },
];
