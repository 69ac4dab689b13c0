/** What admins do with the shop's legal texts, for the tests of the audit log. */
import { readPresentLegalText } from '../stores/postgres/legal.ts';
import type { Deed } from './event-deeds.ts';
import { makeLegalText } from './legal.ts';
import { deps } from './shop.ts';

const place = { page: 'returns', language: 'de' } as const;
const subject = 'returns/de';

export const LEGAL_DEEDS: readonly Deed[] = [
  {
    operation: 'PUT /admin/legal/{page}/{language}',
    action: 'legal.write',
    prepare: async () => {
      const { version } = await readPresentLegalText(deps.stores.db, place);
      return { ids: place, subject, body: { text: 'Rude words', version } };
    },
  },
  {
    operation: 'DELETE /admin/legal/{page}/{language}',
    action: 'legal.delete',
    prepare: async () => {
      await makeLegalText(place, 'Rude words');
      return { ids: place, subject };
    },
  },
];
