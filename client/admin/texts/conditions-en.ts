/** Who sees an event and may buy from it, and whose address is confirmed, in English. */
import { REPORT_EN } from '../../texts/report/en.ts';

export const CONDITIONS_EN = {
  reportWords: REPORT_EN,
  holdSeconds: 'Hold time in seconds',
  holdHint: 'How long a reserved unit waits to be confirmed: 5 to 1,800.',
  admission: 'How the first ones are chosen',
  waitlist: 'Waitlist',
  offerSeconds: 'Offer time in seconds',
  published: 'Published',
  requireVerifiedEmail: 'Only for verified e-mail addresses',
  oneLimitPerMailbox: 'One limit for all addresses of a mailbox',
  report: 'Report',
  reportLink: 'Read the report',
  reportAddress: 'Everybody reads it here:',
  reportLater: 'It can be read by everybody once the drop is over.',
  reportOfDraft: 'It can be read by everybody once the drop is published and over.',
  reportPublic: 'Public report',
  reportPublicHint:
    'Once the drop is over, everybody may read what became of its units, holds and waitlist. Can be changed at any time.',
  payment: 'Payment',
  conditions: {
    title: 'Who may buy',
    verifiedHint:
      'Whoever has not opened the link in our mail is refused. The page of the drop says so.',
    verifiedBarred:
      'Not possible here: this shop sends no mail, so nobody could confirm an address.',
    mailboxHint:
      'Counts all accounts of one mailbox together, such as name+1@ and name+2@. Switches on verified addresses too: otherwise strangers can use up somebody’s limit. The page of the drop says so.',
    mailboxBarred: 'Not possible here: it needs verified addresses, and this shop sends no mail.',
  },
  verified: { true: 'Address confirmed', false: 'Address not confirmed' },
};
