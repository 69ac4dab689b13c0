/** What the screens of the legal pages say, in English. */
import { number } from '../../texts/numbers.ts';

export const LEGAL_EN = {
  title: 'Legal pages',
  lead: 'Linked at the end of every page of the shop, as soon as they exist. A change is seen there within 20 seconds.',
  missing: 'Missing',
  otherShown: 'Missing: the other language is shown instead',
  changed: (time: string) => `Changed ${time}`,
  editing: (page: string, language: string) => `${page} (${language})`,
  text: 'Text',
  hint: (max: number) =>
    `Markdown, up to ${number(max)} characters: # for a heading, - for a list, **bold**, [words](https://…) or <name@example.com> for a link. A line break stays one. HTML and images are not possible.`,
  preview: 'Preview',
  show: 'Show preview',
  remove: 'Delete this text',
  removeAsk: 'Delete this text?',
  removeBody: 'It disappears from the shop, and its words cannot be brought back.',
  see: 'See it in the shop',
  allPages: 'All legal pages',
  attention: 'Legal pages are missing',
  attentionBody: (pages: string) =>
    `${pages}. In many countries a shop must have them before it sells.`,
  attentionAction: 'Write them',
  written: (text: string) => `Legal page written: ${text}`,
  deleted: (text: string) => `Legal page deleted: ${text}`,
};
