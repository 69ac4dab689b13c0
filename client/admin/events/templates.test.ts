import { expect, test } from 'vitest';
import { newDraft } from './event-draft.ts';
import { TEMPLATES, templateFields } from './templates.ts';

const at = {
  nowMs: Date.parse('2026-11-22T12:10:00.000Z'),
  timeZone: 'Europe/Copenhagen',
  sendsMail: true,
};

test('first come, first served is what a plan begins with anyway', () => {
  const begun = newDraft(at.nowMs, at.timeZone);
  expect({ ...begun, ...templateFields('first_come', at) }).toEqual(begun);
});

test('a draw leaves days to enter, and serves each mailbox once where mail is sent', () => {
  const draw = templateFields('draw', at);
  expect(draw).toMatchObject({
    admission: 'draw',
    startsAt: '2026-11-25T15:00',
    endsAt: '2026-11-26T15:00',
    requireVerifiedEmail: true,
    oneLimitPerMailbox: true,
  });
  expect(templateFields('draw', { ...at, sendsMail: false })).toMatchObject({
    requireVerifiedEmail: false,
    oneLimitPerMailbox: false,
  });
});

test('a sale in waves goes on for a week with a waitlist', () => {
  expect(templateFields('waves', at)).toMatchObject({
    admission: 'first_come',
    waitlist: true,
    startsAt: '2026-11-22T15:00',
    endsAt: '2026-11-29T15:00',
  });
});

test('one format takes back what another has filled in', () => {
  const names = TEMPLATES.map((template) => Object.keys(templateFields(template, at)).toSorted());
  expect(new Set(names.map(String)).size).toBe(1);
});
