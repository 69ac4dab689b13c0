import { afterEach, expect, test } from 'vitest';
import { ADMIN_EN } from '../admin/texts/en.ts';
import { ADMIN_TEXTS, speakAsAdmin } from '../admin/texts/texts.ts';
import { EN } from './en.ts';
import { LAZY_EN } from './lazy/en.ts';
import { LAZY_TEXTS, speakLazy } from './lazy/texts.ts';
import { LANGUAGE, PROBLEM_TEXTS, speak, TEXTS } from './texts.ts';

afterEach(() => {
  speak(EN);
  speakAsAdmin(ADMIN_EN);
  speakLazy(LAZY_EN);
});

test('every text is of the language that was spoken last', () => {
  speak({
    language: 'de',
    problems: { ...EN.problems, closed: 'Der Verkauf ist vorbei.' },
    texts: { ...EN.texts, buy: 'Kaufen' },
  });
  speakAsAdmin({ ...ADMIN_EN, save: 'Speichern' });
  speakLazy({ ...LAZY_EN, reply: 'Antworten' });

  expect([LANGUAGE, PROBLEM_TEXTS.closed, TEXTS.buy, ADMIN_TEXTS.save, LAZY_TEXTS.reply]).toEqual([
    'de',
    'Der Verkauf ist vorbei.',
    'Kaufen',
    'Speichern',
    'Antworten',
  ]);
});
