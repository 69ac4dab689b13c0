/** A field's fault as the API's schemas word it, in words for whoever filled the field in. */
import { formatMoney, minorDigitsOf } from '../../format/money.ts';
import { LANGUAGE } from '../../texts/texts.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

type MoneyFault = 'priceMax' | 'saleMax';
type Fault = Exclude<keyof typeof ADMIN_TEXTS.faults, 'unforeseen' | MoneyFault>;

/** Those with an amount, which the API writes in major units. */
const MONEY_SHAPES: readonly (readonly [RegExp, MoneyFault])[] = [
  [/^must be at most ([\d.]+) ([A-Z]{3})$/, 'priceMax'],
  [/^must not be worth more than ([\d.]+) ([A-Z]{3}) in all$/, 'saleMax'],
];

/** What may come back for what the admin's forms can send; a number in it is shown. */
const SHAPES: readonly (readonly [RegExp, Fault])[] = [
  [
    /^Too small: expected string to have >=1 characters$|^must (?:be filled in|have something to see)$/,
    'required',
  ],
  [/^Too small: expected string to have >=(\d+) /, 'charsMin'],
  [/^Too big: expected string to have <=(\d+) /, 'charsMax'],
  [/^Too small: expected (?:number|int) to be >=(\d+)$/, 'valueMin'],
  [/^Too big: expected (?:number|int) to be <=(\d+)$/, 'valueMax'],
  [/^Too small: expected array |^must have at least one item$/, 'itemsMin'],
  [/^Too big: expected array to have <=(\d+) /, 'itemsMax'],
  [/^must not name an item twice$/, 'itemTwice'],
  [/^is not in the catalogue$/, 'itemGone'],
  [/^must not have two of one label$/, 'variantTwice'],
  [/^is not a variant of this item$/, 'variantGone'],
  [/^must say which variants are sold$/, 'variantsMin'],
  [/^must have at most (\d+) variants in all$/, 'variantsMax'],
  [/^must be an amount/, 'amount'],
  [/^must be a whole number$/, 'whole'],
  [/^must be a date and a time$|^Invalid ISO datetime$/, 'time'],
  [/must match pattern \/\^\[A-Z\]\{3\}\$\/$|^must be a currency /, 'currency'],
  [/^must have at most (\d+) digits before its decimals$/, 'digitsMax'],
  [/^Invalid URL$/, 'link'],
  [/^must be an https URL/, 'picture'],
  [/^must not name a picture twice$/, 'pictureTwice'],
  [/^is not kept here/, 'pictureGone'],
  [/^must be the IANA name/, 'timeZone'],
  [/^must (?:not contain control characters|not turn the direction .*|be one line)$/, 'characters'],
  [/^must not be in the past$/, 'past'],
  [/^must be within (\d+) days$/, 'aheadMax'],
  [/^must be after startsAt$/, 'endFirst'],
  [/^must not be before the end that was promised$/, 'endEarlier'],
  [/^must be at most (\d+) days after startsAt$/, 'lengthMax'],
  [/^needs a shop that sends mail$/, 'mailless'],
  [/^needs requireVerifiedEmail$/, 'unverifiedMailbox'],
  [/^must have at least one country$/, 'countriesMin'],
  [/^must name each country once$/, 'countryTwice'],
  [/^must have one group at most for everywhere else$/, 'elsewhereTwice'],
  [/^must be a country of ISO 3166-1/, 'country'],
  [/^needs needsAddress$/, 'addressless'],
  [/^needs payment: online$/, 'unpaidShipping'],
  [/^must not be 0 where delivery costs something$/, 'freeShipped'],
  [/^is no currency that the payment provider takes$/, 'unpayableCurrency'],
  [/^is no amount that the payment provider takes$/, 'unpayable'],
  [/^is less than the payment provider takes$/, 'unpayablySmall'],
  [/^is more than the payment provider takes$/, 'unpayablyLarge'],
  [/^does not exist in .*clocks are put forward$/, 'clockGap'],
];

/** A message of no known shape is shown as it came. */
export function faultText(message: string): string {
  const { faults } = ADMIN_TEXTS;
  for (const [shape, fault] of SHAPES) {
    const found = shape.exec(message);
    if (found === null) continue;
    const text = faults[fault];
    return typeof text === 'string' ? text : text(Number(found[1]));
  }
  return moneyFaultText(message) ?? faults.unforeseen(message);
}

function moneyFaultText(message: string): string | undefined {
  for (const [shape, fault] of MONEY_SHAPES) {
    const [, amount, currency] = shape.exec(message) ?? [];
    if (amount === undefined || currency === undefined) continue;
    const minorUnits = Math.round(Number(amount) * 10 ** minorDigitsOf(currency));
    return ADMIN_TEXTS.faults[fault](formatMoney(minorUnits, { currency, locale: LANGUAGE }));
  }
  return undefined;
}
