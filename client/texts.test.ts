import { afterEach, expect, test } from 'vitest';
import { ADMIN_EN } from './admin/texts/en.ts';
import { ADMIN_TEXTS, speakAsAdmin } from './admin/texts.ts';
import { LATER_EN } from './later/texts/en.ts';
import { LATER_TEXTS, speakLater } from './later/texts.ts';
import { EN } from './texts/en.ts';
import { LANGUAGE, PROBLEM_TEXTS, speak, TEXTS } from './texts.ts';

afterEach(() => {
  speak(EN);
  speakAsAdmin(ADMIN_EN);
  speakLater(LATER_EN);
});

test('every text is of the language that was spoken last', () => {
  speak({
    language: 'de',
    problems: { ...EN.problems, closed: 'Der Verkauf ist vorbei.' },
    texts: { ...EN.texts, buy: 'Kaufen' },
  });
  speakAsAdmin({ ...ADMIN_EN, save: 'Speichern' });
  speakLater({ ...LATER_EN, reply: 'Antworten' });

  expect([LANGUAGE, PROBLEM_TEXTS.closed, TEXTS.buy, ADMIN_TEXTS.save, LATER_TEXTS.reply]).toEqual([
    'de',
    'Der Verkauf ist vorbei.',
    'Kaufen',
    'Speichern',
    'Antworten',
  ]);
});
