/** Who sees an event and may buy from it, as its form calls it, in German. */
import type { CONDITIONS_EN } from './conditions-en.ts';

export const CONDITIONS_DE: typeof CONDITIONS_EN = {
  published: 'Veröffentlicht',
  publishedHint: 'Einen Entwurf sehen nur Admins, und niemand kann daraus kaufen.',
  requireVerifiedEmail: 'Nur für bestätigte E-Mail-Adressen',
  oneLimitPerMailbox: 'Ein Limit für alle Adressen eines Postfachs',
};
