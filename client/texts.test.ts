import { afterEach, expect, test } from 'vitest';
import { ADMIN_EN } from './admin/texts/en.ts';
import { ADMIN_TEXTS, speakAsAdmin } from './admin/texts.ts';
import { EN } from './texts/en.ts';
import { LANGUAGE, PROBLEM_TEXTS, speak, TEXTS } from './texts.ts';

afterEach(() => {
  speak(EN);
  speakAsAdmin(ADMIN_EN);
});

test('every text is of the language that was spoken last', () => {
  speak({
    language: 'de',
    problems: { ...EN.problems, closed: 'Der Verkauf ist vorbei.' },
    texts: { ...EN.texts, buy: 'Kaufen' },
  });
  speakAsAdmin({ ...ADMIN_EN, save: 'Speichern' });

  expect([LANGUAGE, PROBLEM_TEXTS.closed, TEXTS.buy, ADMIN_TEXTS.save]).toEqual([
    'de',
    'Der Verkauf ist vorbei.',
    'Kaufen',
    'Speichern',
  ]);
});
