import { expect, it, vi } from 'vitest';
import type { Result } from '../api/call-problem.ts';
import { ok, refused } from '../testing/fake-api.ts';
import { createSubmission } from './submission.ts';

it('sends once at a time, and has what became of it', async () => {
  const answer = Promise.withResolvers<Result<string>>();
  const send = vi.fn<(fields: string) => Promise<Result<string>>>(() => answer.promise);
  const onSaved = vi.fn<(value: string) => void>();
  const { state, submit } = createSubmission(send, onSaved);
  const submitted = submit('typed');
  expect(state.value).toEqual({ isSending: true, isSaved: false, problem: null });
  expect(await submit('pressed again')).toBe(false);
  answer.resolve(ok('saved'));
  expect(await submitted).toBe(true);
  expect(state.value).toEqual({ isSending: false, isSaved: true, problem: null });
  expect(send).toHaveBeenCalledExactlyOnceWith('typed');
  expect(onSaved).toHaveBeenCalledExactlyOnceWith('saved');
});

it('has why it was refused, until it is sent again', async () => {
  const onSaved = vi.fn<(value: string) => void>();
  const send = vi.fn<() => Promise<Result<string>>>(async () => ok('saved'));
  send.mockResolvedValueOnce(refused({ code: 'malformed' }));
  const { state, submit } = createSubmission(send, onSaved);
  expect(await submit(undefined)).toBe(false);
  expect(state.value).toEqual({
    isSending: false,
    isSaved: false,
    problem: { code: 'malformed' },
  });
  expect(onSaved).not.toHaveBeenCalled();
  const again = submit(undefined);
  expect(state.value.problem).toBeNull();
  expect(await again).toBe(true);
});
