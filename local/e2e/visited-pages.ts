/** Which pages are looked at for faults of accessibility. */

/** Below /admin/. */
export const ADMIN_LISTS = [
  'events',
  'catalogue',
  'customers',
  'orders',
  'moderation',
  'moderation?of=comments',
  'outbox',
  'legal',
  'legal/imprint/de',
  'shop',
  'audit',
];
/** Written by the sample data in both languages. */
export const LEGAL_PAGES = ['/legal/imprint', '/legal/terms', '/legal/privacy', '/legal/returns'];
/** What links of mails lead to. */
export const LINK_PAGES = [
  '/forgotten',
  '/reset',
  '/reset?token=none',
  '/verify',
  '/verify?token=none',
  '/reminders/off',
  '/reminders/off?token=none',
];
