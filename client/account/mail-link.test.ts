import { expect, it, vi } from 'vitest';
import type { Result } from '../api/call-problem.ts';
import { ok, refused } from '../testing/fake-api.ts';
import { createMailLink } from './mail-link.ts';

type Send = (token: string) => Promise<Result<null>>;

function linkWith(token: string | null, send: Send) {
  const onEnd = vi.fn<() => void>();
  return { ...createMailLink({ token, send, onEnd }), onEnd };
}

it('sends nothing by itself: programs open links before people do', () => {
  const send = vi.fn<Send>();
  const { state } = linkWith('secret', send);
  expect(state.value).toEqual({ step: 'ready', isSending: false, problem: null });
  expect(send).not.toHaveBeenCalled();
});

it('sends its token once, and is done', async () => {
  const send = vi.fn<Send>(async () => ok(null));
  const { state, follow, onEnd } = linkWith('secret', send);
  const following = Promise.all([follow(), follow()]);
  expect(state.value).toEqual({ step: 'ready', isSending: true, problem: null });
  await following;
  await follow();
  expect(send).toHaveBeenCalledExactlyOnceWith('secret');
  expect(state.value).toEqual({ step: 'done', isSending: false, problem: null });
  expect(onEnd).toHaveBeenCalledTimes(1);
});

it('is over where it is refused for good', async () => {
  const send = vi.fn<Send>(async () => refused({ code: 'link_invalid' }));
  const { state, follow, onEnd } = linkWith('used', send);
  await follow();
  await follow();
  expect(state.value).toMatchObject({ step: 'over', problem: { code: 'link_invalid' } });
  expect(send).toHaveBeenCalledTimes(1);
  expect(onEnd).toHaveBeenCalledTimes(1);
});

it('can be sent again while nobody knows what became of it', async () => {
  const send = vi.fn<Send>(async () => ok(null));
  send.mockResolvedValueOnce(refused({ code: 'offline' }));
  const { state, follow, onEnd } = linkWith('secret', send);
  await follow();
  expect(state.value).toEqual({
    step: 'ready',
    isSending: false,
    problem: { code: 'offline' },
  });
  expect(onEnd).not.toHaveBeenCalled();
  await follow();
  expect(state.value.step).toBe('done');
});

it('sends nothing on a page that has no token', async () => {
  const send = vi.fn<Send>();
  const { state, follow } = linkWith(null, send);
  await follow();
  expect(state.value.step).toBe('missing');
  expect(send).not.toHaveBeenCalled();
});
