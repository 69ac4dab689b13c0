import { describe, expect, it } from 'vitest';
import { admit, afterFailure, CALM, createBreaker, FAILURES_MAX, OPEN_MS } from './breaker.ts';

const NOW_MS = 1_000_000;

function failing(times: number) {
  let state = CALM;
  for (let n = 0; n < times; n++) state = afterFailure(state, NOW_MS);
  return state;
}

function guarded() {
  const world = { nowMs: NOW_MS, asked: 0, answer: () => new Response('busy', { status: 503 }) };
  const { guard } = createBreaker({ nowMs: () => world.nowMs });
  const send = guard(async () => {
    world.asked++;
    return world.answer();
  });
  const ask = () => send('https://data.example/', {});
  return { world, ask };
}

describe('the rules of the breaker', () => {
  it('let everything pass until the failures in a row are too many', () => {
    expect(admit(failing(FAILURES_MAX - 1), NOW_MS).passes).toBe(true);
    expect(admit(failing(FAILURES_MAX), NOW_MS).passes).toBe(false);
    expect(admit(failing(FAILURES_MAX), NOW_MS + OPEN_MS - 1).passes).toBe(false);
  });

  it('let one call in to see when the time is over, and only one', () => {
    const { passes, state } = admit(failing(FAILURES_MAX), NOW_MS + OPEN_MS);
    expect(passes).toBe(true);
    expect(admit(state, NOW_MS + OPEN_MS).passes).toBe(false);
    // Its answer may never come.
    expect(admit(state, NOW_MS + 2 * OPEN_MS).passes).toBe(true);
  });

  it('do not wait for hours where the clock was set back', () => {
    expect(admit(failing(FAILURES_MAX), NOW_MS - 60 * 60_000).passes).toBe(true);
  });
});

describe('a store behind the breaker', () => {
  it('is not called while it is open, but again when it answers', async () => {
    const { world, ask } = guarded();
    for (let n = 0; n < FAILURES_MAX; n++) expect((await ask()).status).toBe(503);
    await expect(ask()).rejects.toThrow(/not called/);
    expect(world.asked).toBe(FAILURES_MAX);

    world.nowMs += OPEN_MS;
    world.answer = () => new Response('ok');
    expect(await (await ask()).text()).toBe('ok');
    expect((await ask()).status).toBe(200);
  });

  it('may refuse as often as it likes: that is an answer', async () => {
    const { world, ask } = guarded();
    world.answer = () => new Response('no', { status: 400 });
    for (let n = 0; n < 3 * FAILURES_MAX; n++) await ask();
    expect(world.asked).toBe(3 * FAILURES_MAX);
  });

  it('opens for what is thrown as for what is answered, and only for failures in a row', async () => {
    const { world, ask } = guarded();
    world.answer = () => {
      throw new Error('no way there');
    };
    for (let n = 1; n < FAILURES_MAX; n++) await expect(ask()).rejects.toThrow('no way there');
    world.answer = () => new Response('ok');
    await ask();
    world.answer = () => new Response('late', { status: 504 });
    for (let n = 0; n < FAILURES_MAX; n++) expect((await ask()).status).toBe(504);
    await expect(ask()).rejects.toThrow(/not called/);
  });
});
