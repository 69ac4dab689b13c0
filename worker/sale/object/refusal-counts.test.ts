import { describe, expect, it } from 'vitest';
import { RECORD_PAUSE_MS, RefusalTally } from './refusal-counts.ts';

const NOW_MS = 1_000_000;

describe('the tally of refusals', () => {
  it('gives what was counted once, and nothing where nothing was', () => {
    const tally = new RefusalTally();
    expect(tally.take(NOW_MS)).toBeUndefined();
    tally.add('sold_out', 2);
    tally.add('sold_out', 1);
    tally.add('closed', 0);
    expect(tally.take(NOW_MS)).toEqual(new Map([['sold_out', 3]]));
    expect(tally.take(NOW_MS + RECORD_PAUSE_MS)).toBeUndefined();
  });

  it('is due again only after a pause', () => {
    const tally = new RefusalTally();
    tally.add('busy', 1);
    tally.take(NOW_MS);
    tally.add('busy', 1);
    expect(tally.take(NOW_MS + RECORD_PAUSE_MS - 1)).toBeUndefined();
    expect(tally.take(NOW_MS + RECORD_PAUSE_MS)).toEqual(new Map([['busy', 1]]));
  });

  it('takes back what could not be written', () => {
    const tally = new RefusalTally();
    tally.add('limit_reached', 4);
    const taken = tally.take(NOW_MS);
    tally.add('limit_reached', 1);
    if (taken) tally.giveBack(taken);
    const next = tally.take(NOW_MS + RECORD_PAUSE_MS);
    expect(next).toEqual(new Map([['limit_reached', 5]]));
  });
});
