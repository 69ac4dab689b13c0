/** The mail to those of whom an order, a hold or a queue entry ended with an event, in each language. */
import type { Language } from '../../../contract/languages.ts';
import type { Fact, MailTexts } from './message.ts';
import { money, oneLine } from './values.ts';

export const eventCancelled: Record<Language, MailTexts['mail.event_cancelled']> = {
  en: ({ eventTitle, orders, amounts, link }, { contact }) => ({
    subject: `Cancelled: ${oneLine(eventTitle)}`,
    blocks: [
      {
        text:
          orders === 0
            ? 'This sale was cancelled. You waited for a unit or held one: that has ended, and you were charged nothing for it.'
            : 'This sale was cancelled, and your order with it.',
      },
      {
        facts: [
          ['Sale', oneLine(eventTitle)],
          ...amounts.map(
            ({ currency, amountMinor }): Fact => [
              'Comes back to you',
              money(amountMinor, currency, 'en'),
            ],
          ),
        ],
      },
      ...(amounts.length === 0
        ? []
        : [
            {
              text: 'All that you paid comes back to the card or account that you paid with. Banks usually need 5 to 10 working days until they show it; an amount that was only reserved goes away by itself. You do not have to do anything.',
            },
          ]),
      { link, label: orders === 0 ? 'Show the sale' : 'Show your orders' },
      { text: `Questions? Write to ${contact}.` },
    ],
  }),
  de: ({ eventTitle, orders, amounts, link }, { contact }) => ({
    subject: `Abgesagt: ${oneLine(eventTitle)}`,
    blocks: [
      {
        text:
          orders === 0
            ? 'Dieser Verkauf wurde abgesagt. Du hast auf ein Stück gewartet oder eines reserviert: Das ist beendet, und dir wurde dafür nichts abgebucht.'
            : 'Dieser Verkauf wurde abgesagt, und deine Bestellung mit ihm.',
      },
      {
        facts: [
          ['Verkauf', oneLine(eventTitle)],
          ...amounts.map(
            ({ currency, amountMinor }): Fact => [
              'Das bekommst du zurück',
              money(amountMinor, currency, 'de'),
            ],
          ),
        ],
      },
      ...(amounts.length === 0
        ? []
        : [
            {
              text: 'Alles, was du bezahlt hast, geht auf die Karte oder das Konto zurück, womit du bezahlt hast. Banken brauchen meist 5 bis 10 Werktage, bis sie es zeigen; ein nur reservierter Betrag verschwindet von selbst. Du musst nichts tun.',
            },
          ]),
      { link, label: orders === 0 ? 'Verkauf ansehen' : 'Bestellungen ansehen' },
      { text: `Fragen? Schreibe an ${contact}.` },
    ],
  }),
};
