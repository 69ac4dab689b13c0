/** Whether the shop can take money. What no shopper's page needs is not kept in the shop of all screens. */

/** Said by the page itself; where not, no sale can be planned that is paid for online. */
export function takesPayments(): boolean {
  return document.querySelector('[name=takes-payments]') !== null;
}
