/** What a form of an admin says of what was changed or made before, in German. */
import type { CHANGED_EN } from './changed-en.ts';

export const CHANGED_DE: typeof CHANGED_EN = {
  title: 'Jemand anderes hat das geändert, während du es bearbeitet hast.',
  somebody: 'Jemand',
  by: (name, time) => `${name} hat das geändert, während du es bearbeitet hast: ${time}.`,
  kept: 'Noch wurde nichts gespeichert, und was du eingegeben hast, steht noch da.',
  take: 'Diese Änderungen ins Formular übernehmen',
  keep: 'Stattdessen meine Fassung speichern',
  yes: 'ja',
  no: 'nein',
  createdBefore:
    'Was du zuerst gesendet hast, ist schon gespeichert. Sieh in der Liste nach; speicherst du noch einmal, entsteht ein zweites.',
};
