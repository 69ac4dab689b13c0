/** Who sees an event and may buy from it, as its form calls it, in English. */

export const CONDITIONS_EN = {
  published: 'Published',
  publishedHint: 'A draft is seen by admins only, and nobody buys from it.',
  requireVerifiedEmail: 'Only for verified e-mail addresses',
  oneLimitPerMailbox: 'One limit for all addresses of a mailbox',
};
