/** Numbers rounded to a decimal place, each to its own kind again. Pure. */
import { Decimal128, Double, Int32, Long } from 'bson';
import { type Exact, exactDouble, fromExact, toExact } from './decimals.ts';
import { toNumber, whole } from './numbers.ts';
import { type BsonNumber, mongoError } from './values.ts';

type Way = 'up' | 'down' | 'zero' | 'half-even';

const LONG_BITS = 64;
/** So many places after the point no double has. */
const DOUBLE_PLACES_MAX = 1_074;

/** @param place digits after the point, or before it where negative. */
export function round(value: BsonNumber, place: number, way: Way): BsonNumber {
  if (value instanceof Decimal128) {
    const exact = toExact(value);
    return exact === undefined ? value : fromExact(roundExact(exact, place, way));
  }
  if (value instanceof Double) {
    if (!Number.isFinite(value.value) || place > DOUBLE_PLACES_MAX) return value;
    const { coefficient, exponent } = roundExact(exactDouble(value.value), place, way);
    const result = Number(`${coefficient}e${exponent}`);
    return new Double(
      result === 0 && (value.value < 0 || Object.is(value.value, -0)) ? -0 : result,
    );
  }
  if (place >= 0) return value;
  const exact = { coefficient: BigInt(value.toString()), exponent: 0 };
  const { coefficient, exponent } = roundExact(exact, place, way);
  const result = coefficient * 10n ** BigInt(exponent);
  if (BigInt.asIntN(LONG_BITS, result) !== result) {
    throw mongoError('Overflow', `rounding ${toNumber(value)} overflows an int64`);
  }
  return value instanceof Int32 ? whole(result) : Long.fromBigInt(result);
}

function roundExact({ coefficient, exponent }: Exact, place: number, way: Way): Exact {
  const drop = -place - exponent;
  if (drop <= 0) return { coefficient, exponent };
  const unit = 10n ** BigInt(drop);
  const quotient = coefficient / unit;
  const rest = coefficient % unit;
  return { coefficient: quotient + adjustment({ quotient, rest, unit }, way), exponent: -place };
}

function adjustment(
  { quotient, rest, unit }: { quotient: bigint; rest: bigint; unit: bigint },
  way: Way,
): bigint {
  if (rest === 0n || way === 'zero') return 0n;
  if (way === 'up') return rest > 0n ? 1n : 0n;
  if (way === 'down') return rest < 0n ? -1n : 0n;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const isUp = twice > unit || (twice === unit && quotient % 2n !== 0n);
  if (!isUp) return 0n;
  return rest < 0n ? -1n : 1n;
}
