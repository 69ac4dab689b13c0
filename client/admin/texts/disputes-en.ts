/** What is told of disputes at a customer's bank, in English. Must hold texts only. */
export const DISPUTES_EN = {
  title: 'Disputed payment',
  states: {
    needs_answer: (amount: string) =>
      `The customer disputes ${amount}; the bank has taken it back for now.`,
    answered: (amount: string) => `${amount} are disputed and answered. The bank decides.`,
    inquiry: (amount: string) => `The bank asks about ${amount}, and has taken nothing.`,
    inquiry_answered: (amount: string) => `The bank’s question about ${amount} is answered.`,
    closed: (amount: string) => `The dispute of ${amount} ended, and nothing was taken.`,
    won: (amount: string) => `The dispute is won: ${amount} are yours.`,
    lost: (amount: string) =>
      `The dispute is lost: the customer has ${amount} back. The units are still theirs until you take them back.`,
  },
  answerBy: (time: string) => `Answer by ${time}.`,
  reason: (reason: string) => `The bank’s reason: ${reason}`,
  /** Stripe's words; others are shown as they are. */
  reasons: {
    credit_not_processed: 'a refund did not come',
    duplicate: 'charged twice',
    fraudulent: 'the owner of the card knows nothing of it',
    general: 'not given',
    product_not_received: 'not received',
    product_unacceptable: 'not as described',
    unrecognized: 'not recognised on the statement',
  },
  page: 'Answer it at the payment provider',
  barred: 'Nothing can be refunded while the payment is disputed.',
};
