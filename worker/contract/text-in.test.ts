import { describe, expect, it } from 'vitest';
import { eventIn, textIn } from './text-in.ts';

const LAMP = { name: 'Lamp', description: 'Warm.', translations: { de: { name: 'Leuchte' } } };

describe('a text in a language', () => {
  it('is the translation, and the main text where there is none of it', () => {
    expect(textIn('de', LAMP)).toMatchObject({ name: 'Leuchte', description: 'Warm.' });
    expect(textIn('en', LAMP)).toEqual(LAMP);
  });

  it('is the main text of what knows no translations', () => {
    const thing: { name: string; translations?: object } = { name: 'Lamp' };
    expect(textIn('de', thing)).toEqual(thing);
  });

  it('stays the same where it is asked for twice', () => {
    expect(textIn('de', textIn('de', LAMP))).toEqual(textIn('de', LAMP));
  });

  it('is that of an event and of each of its items', () => {
    const translations = { de: { title: 'Abend' } };
    const event = { title: 'Evening', translations, items: [LAMP, { ...LAMP, translations: {} }] };
    const { title, items } = eventIn('de', event);
    expect([title, ...items.map(({ name }) => name)]).toEqual(['Abend', 'Leuchte', 'Lamp']);
  });
});
