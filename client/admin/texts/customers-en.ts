/** What the list of customers says, in English. */

export const CUSTOMERS_EN = {
  searchCustomers: 'Part of the name or the e-mail address',
  customersNoneMatch: 'No customer matches.',
  stateFilter: 'State',
  deletedAccount: 'Deleted account',
  customerStates: { true: 'Active', false: 'Deactivated' },
  since: (time: string) => `since ${time}`,
  role: { customer: 'Customer', admin: 'Admin' },
  deactivate: 'Deactivate',
  deactivated: (name: string) => `${name} is deactivated.`,
  deactivateAsk: (name: string) => `Deactivate ${name}?`,
  deactivateBody:
    'They are signed out, cannot buy or confirm from now on, and what they hold goes back on sale.',
  activate: 'Activate',
};
