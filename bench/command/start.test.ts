/** Proves what signals do: the first one stops in order, the second one ends the process. */
import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { EXIT } from './command.ts';
import { stopOn } from './start.ts';

function target() {
  const exits: number[] = [];
  return Object.assign(new EventEmitter(), { exits, exit: (code: number) => exits.push(code) });
}

test('the first signal stops, the second one of any kind exits', () => {
  const signals = target();
  const stopped = stopOn(['SIGINT', 'SIGTERM'], signals);
  expect(stopped.aborted).toBe(false);
  signals.emit('SIGINT');
  expect([stopped.aborted, signals.exits]).toEqual([true, []]);
  signals.emit('SIGTERM');
  expect(signals.exits).toEqual([EXIT.stopped]);
});

test('no other signal is listened to', () => {
  const signals = target();
  stopOn(['SIGINT'], signals);
  expect(signals.eventNames()).toEqual(['SIGINT']);
});
