/** Stripe's published test cards and what becomes of them: https://docs.stripe.com/testing. Pure. */

export interface Decline {
  code: string;
  declineCode?: string;
  message: string;
}

export interface Card {
  brand: string;
  last4: string;
  /** The shopper's bank asks them first. */
  needsAuthentication: boolean;
  decline?: Decline;
  /** What becomes of a refund, where it is not done at once. */
  refund?: 'pending' | 'fails';
  /** Its owner disputes it once it was captured. */
  isDisputed?: true;
}

interface Listed {
  about: string;
  brand?: string;
  needsAuthentication?: true;
  decline?: Decline;
  refund?: 'pending' | 'fails';
  isDisputed?: true;
}

const declined = (declineCode: string, why = ''): Decline => ({
  code: 'card_declined',
  declineCode,
  message: `Your card ${why === '' ? 'was declined' : why}.`,
});

/** Those that the page names; whoever tests by hand picks from them. */
export const TEST_CARDS: Readonly<Record<string, Listed>> = {
  '4242424242424242': { about: 'angenommen / accepted' },
  '5555555555554444': { about: 'angenommen / accepted', brand: 'mastercard' },
  '378282246310005': { about: 'angenommen / accepted', brand: 'amex' },
  '4000000000003055': {
    about: 'angenommen, ohne Bestätigung / accepted; authentication is possible, not asked for',
  },
  '4000000000000002': { about: 'abgelehnt / declined', decline: declined('generic_decline') },
  '4000000000009995': {
    about: 'zu wenig Guthaben / insufficient funds',
    decline: declined('insufficient_funds', 'has insufficient funds'),
  },
  '4000000000009987': { about: 'verlorene Karte / lost card', decline: declined('lost_card') },
  '4000000000009979': { about: 'gestohlene Karte / stolen card', decline: declined('stolen_card') },
  '4000000000006975': {
    about: 'zu oft benutzt / used too often',
    decline: declined('card_velocity_exceeded'),
  },
  '4000000000000069': {
    about: 'abgelaufen / expired',
    decline: { code: 'expired_card', message: 'Your card has expired.' },
  },
  '4000000000000127': {
    about: 'falsche Prüfziffer / wrong CVC',
    decline: { code: 'incorrect_cvc', message: "Your card's security code is incorrect." },
  },
  '4000000000000119': {
    about: 'Fehler bei der Verarbeitung / processing error',
    decline: {
      code: 'processing_error',
      message: 'An error occurred while processing your card. Try again in a little bit.',
    },
  },
  '4000002500003155': {
    about: '3-D Secure nötig / 3-D Secure required',
    needsAuthentication: true,
  },
  '4000002760003184': {
    about: '3-D Secure immer nötig / 3-D Secure always required',
    needsAuthentication: true,
  },
  '4000000000003220': {
    about: '3-D Secure 2 nötig / 3-D Secure 2 required',
    needsAuthentication: true,
  },
  '4000008400001629': {
    about: '3-D Secure, dann abgelehnt / 3-D Secure, then declined',
    needsAuthentication: true,
    decline: declined('generic_decline'),
  },
  '4000008260003178': {
    about: '3-D Secure, dann zu wenig Guthaben / 3-D Secure, then insufficient funds',
    needsAuthentication: true,
    decline: declined('insufficient_funds', 'has insufficient funds'),
  },
  '4000000000007726': {
    about: 'angenommen; eine Erstattung braucht Zeit / accepted; a refund is pending at first',
    refund: 'pending',
  },
  '4000000000005126': {
    about: 'angenommen; eine Erstattung scheitert später / accepted; a refund fails later',
    refund: 'fails',
  },
  '4000000000000259': {
    about: 'angenommen; wird nach der Abbuchung angefochten / accepted; disputed after its capture',
    isDisputed: true,
  },
};

/** What a number stands for. A number that is not published is declined. */
export function cardOf(given: string): Card {
  const number = given.replaceAll(/[\s-]/g, '');
  const listed = TEST_CARDS[number];
  const { brand = 'visa', needsAuthentication = false, decline, refund, isDisputed } = listed ?? {};
  const fault = listed === undefined ? faultOf(number) : decline;
  return {
    brand,
    last4: number.slice(-4),
    needsAuthentication,
    ...(fault !== undefined && { decline: fault }),
    ...(refund !== undefined && { refund }),
    ...(isDisputed !== undefined && { isDisputed }),
  };
}

function faultOf(number: string): Decline {
  if (!/^\d{12,19}$/.test(number) || !hasCheckDigit(number)) {
    return { code: 'incorrect_number', message: 'Your card number is incorrect.' };
  }
  return declined(
    'test_mode_live_card',
    'was declined. Your request was in test mode, but used a non test card',
  );
}

/** Luhn. */
function hasCheckDigit(number: string): boolean {
  const sum = number
    .split('')
    .toReversed()
    .reduce((total, digit, index) => {
      const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return sum % 10 === 0;
}
