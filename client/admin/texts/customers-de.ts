/** What the list of customers says, in German. */
import type { CUSTOMERS_EN } from './customers-en.ts';

export const CUSTOMERS_DE: typeof CUSTOMERS_EN = {
  searchCustomers: 'Teil des Namens oder der E-Mail-Adresse',
  customersNoneMatch: 'Niemand passt dazu.',
  stateFilter: 'Zustand',
  deletedAccount: 'Gelöschtes Konto',
  customerStates: { true: 'Aktiv', false: 'Gesperrt' },
  since: (time) => `seit ${time}`,
  role: { customer: 'Kundenkonto', admin: 'Admin' },
  deactivate: 'Sperren',
  deactivated: (name) => `${name} ist gesperrt.`,
  deactivateAsk: (name) => `${name} sperren?`,
  deactivateBody:
    'Wer gesperrt ist, wird abgemeldet und kann nicht mehr kaufen oder bestätigen. Reserviertes geht zurück in den Verkauf.',
  activate: 'Entsperren',
};
