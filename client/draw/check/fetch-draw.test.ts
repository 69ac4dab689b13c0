import { expect, test } from 'vitest';
import { EVENT_ID } from '../../testing/builders.ts';
import { enters, type PlayedDraw, playDraw, STEPS } from '../../testing/draws.ts';
import { fetchAndCheck } from './fetch-draw.ts';

const DRAW = `/api/v1/events/${EVENT_ID}/draw`;

/** A shop whose public data is another one at each time that the draw is asked for. */
function shopOf(...times: PlayedDraw[]) {
  const asked: string[] = [];
  let now = -1;
  const fetch = async (input: string | URL | Request) => {
    const path = input instanceof Request ? input.url : input.toString();
    asked.push(path);
    if (path === DRAW) now = Math.min(now + 1, times.length - 1);
    const shown = times[now] ?? times[0];
    if (shown === undefined) throw new Error('there is no draw');
    if (path === DRAW) return Response.json({ draw: shown.draw });
    if (path.endsWith('jwks.json')) return Response.json(shown.jwks);
    return new Response(shown.lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  };
  const { subtle } = crypto;
  const check = () =>
    fetchAndCheck({ eventId: EVENT_ID, own: {}, onProgress: () => {} }, { fetch, subtle });
  return { asked, check };
}

test('a draw is loaded from its public addresses, and checked', async () => {
  const { asked, check } = shopOf(await playDraw());
  expect((await check()).findings).toEqual([]);
  expect(asked.toSorted()).toEqual(['/.well-known/jwks.json', DRAW, `${DRAW}/entries`].toSorted());
});

test('a draw that changed while it was read is read again', async () => {
  const before = await playDraw({ status: 'waiting_for_beacon' });
  const drawn = await playDraw();
  // The records have ranks already, which the draw before knows nothing of.
  const between = { ...before, lines: drawn.lines, jwks: drawn.jwks };
  const { check } = shopOf(between, drawn);
  expect(await check()).toMatchObject({ findings: [], notes: [], ranked: 5 });
});

test('a draw that is wrong and stays as it is, is read once', async () => {
  const wrong = await playDraw();
  wrong.lines.pop();
  const { asked, check } = shopOf(wrong);
  expect((await check()).findings.map(({ code }) => code)).toContain('records_differ');
  expect(asked.filter((path) => path.endsWith('/entries'))).toHaveLength(1);
});

test('a draw that is another one each time is not read for ever', async () => {
  const times = await Promise.all(
    [7, 8, 9, 10, 11].map((entry) => playDraw({ steps: [...STEPS, enters(entry)] })),
  );
  for (const { lines } of times) lines.pop();
  const { asked, check } = shopOf(...times);
  expect((await check()).findings.length).toBeGreaterThan(0);
  expect(asked.filter((path) => path.endsWith('/entries'))).toHaveLength(3);
});

test('what is answered with a problem is not checked', async () => {
  const answer = new Response('{}', { status: 503 });
  const ports = { fetch: async () => answer.clone(), subtle: crypto.subtle };
  const asked = { eventId: EVENT_ID, own: {}, onProgress: () => {} };
  await expect(fetchAndCheck(asked, ports)).rejects.toThrow('503');
});
