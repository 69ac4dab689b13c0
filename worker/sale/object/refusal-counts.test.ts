import { describe, expect, it } from 'vitest';
import { RECORD_PAUSE_MS, RefusalCounter } from './refusal-counts.ts';

const NOW_MS = 1_000_000;

describe('the counter of refusals', () => {
  it('gives what was counted once, and nothing where nothing was', () => {
    const counter = new RefusalCounter();
    expect(counter.take(NOW_MS)).toBeUndefined();
    counter.add('sold_out', 2);
    counter.add('sold_out', 1);
    counter.add('closed', 0);
    expect(counter.take(NOW_MS)).toEqual(new Map([['sold_out', 3]]));
    expect(counter.take(NOW_MS + RECORD_PAUSE_MS)).toBeUndefined();
  });

  it('is due again only after a pause', () => {
    const counter = new RefusalCounter();
    counter.add('busy', 1);
    counter.take(NOW_MS);
    counter.add('busy', 1);
    expect(counter.take(NOW_MS + RECORD_PAUSE_MS - 1)).toBeUndefined();
    expect(counter.take(NOW_MS + RECORD_PAUSE_MS)).toEqual(new Map([['busy', 1]]));
  });

  it('takes back what could not be written', () => {
    const counter = new RefusalCounter();
    counter.add('limit_reached', 4);
    const taken = counter.take(NOW_MS);
    counter.add('limit_reached', 1);
    if (taken) counter.giveBack(taken);
    const next = counter.take(NOW_MS + RECORD_PAUSE_MS);
    expect(next).toEqual(new Map([['limit_reached', 5]]));
  });
});
