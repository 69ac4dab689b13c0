/** Exact decimal numbers of 34 digits: those of Decimal128, which its class cannot calculate with. */
import { Decimal128 } from 'bson';

const DIGITS_MAX = 34;
/** Of the doubles that MongoDB turns into decimals. */
const DOUBLE_DIGITS = 15;
const TEN = 10n;

/** `coefficient * 10 ** exponent`. */
export interface Exact {
  coefficient: bigint;
  exponent: number;
}

/** Undefined for NaN and the infinities. */
export function toExact(value: Decimal128): Exact | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(value.toString());
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  return {
    coefficient: BigInt(`${sign}${whole}${fraction}`),
    exponent: Number(exponent) - fraction.length,
  };
}

/** All of a double's digits. */
export function exactDouble(value: number): Exact {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  const power = (high >>> 20) & 0x7ff;
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4));
  const mantissa = power === 0 ? fraction : fraction | (1n << 52n);
  const shift = (power === 0 ? 1 : power) - 1075;
  const signed = value < 0 ? -mantissa : mantissa;
  if (shift >= 0) return { coefficient: signed << BigInt(shift), exponent: 0 };
  return { coefficient: signed * 5n ** BigInt(-shift), exponent: shift };
}

/** Without zeros at its end, so that equal numbers look alike. */
export function normalized({ coefficient, exponent }: Exact): Exact {
  if (coefficient === 0n) return { coefficient, exponent: 0 };
  const text = String(coefficient);
  const digits = text.replace(/0+$/, '');
  return { coefficient: BigInt(digits), exponent: exponent + text.length - digits.length };
}

export function compareExact(a: Exact, b: Exact): number {
  const signs = signOf(a) - signOf(b);
  if (signs !== 0 || a.coefficient === 0n) return Math.sign(signs);
  const sizes = (digitsOf(a) + a.exponent - digitsOf(b) - b.exponent) * signOf(a);
  if (sizes !== 0) return Math.sign(sizes);
  const [left, right] = aligned(a, b);
  return left < right ? -1 : Number(left > right);
}

export function fromDouble(value: number): Decimal128 {
  if (!Number.isFinite(value)) return Decimal128.fromString(String(value));
  if (Number.isInteger(value) && Math.abs(value) < 10 ** DOUBLE_DIGITS) {
    return Decimal128.fromString(String(value));
  }
  return Decimal128.fromString(value.toPrecision(DOUBLE_DIGITS));
}

export function toWhole(value: Decimal128): bigint | undefined {
  const exact = toExact(value);
  if (exact === undefined) return undefined;
  const { coefficient, exponent } = normalized(exact);
  return exponent < 0 ? undefined : coefficient * TEN ** BigInt(exponent);
}

export function add(a: Decimal128, b: Decimal128): Decimal128 {
  return calculate(a, b, (x, y) => {
    const [left, right] = aligned(x, y);
    return { coefficient: left + right, exponent: Math.min(x.exponent, y.exponent) };
  });
}

export function subtract(a: Decimal128, b: Decimal128): Decimal128 {
  return add(a, negated(b));
}

export function multiply(a: Decimal128, b: Decimal128): Decimal128 {
  return calculate(a, b, (x, y) => ({
    coefficient: x.coefficient * y.coefficient,
    exponent: x.exponent + y.exponent,
  }));
}

export function divide(a: Decimal128, b: Decimal128): Decimal128 {
  return calculate(a, b, (x, y) => {
    const shift = Math.max(0, DIGITS_MAX + 2 + digitsOf(y) - digitsOf(x));
    const scaled = x.coefficient * TEN ** BigInt(shift);
    const quotient = scaled / y.coefficient;
    const exponent = x.exponent - y.exponent - shift;
    // A digit that stands for all that follow, so that rounding goes the right way.
    if (scaled % y.coefficient !== 0n) {
      const rest = quotient < 0n ? -1n : 1n;
      return { coefficient: quotient * TEN + rest, exponent: exponent - 1 };
    }
    return withExponentUpTo({ coefficient: quotient, exponent }, x.exponent - y.exponent);
  });
}

export function remainder(a: Decimal128, b: Decimal128): Decimal128 {
  return calculate(a, b, (x, y) => {
    const [left, right] = aligned(x, y);
    return { coefficient: left % right, exponent: Math.min(x.exponent, y.exponent) };
  });
}

export function fromExact({ coefficient, exponent }: Exact): Decimal128 {
  return Decimal128.fromStringWithRounding(`${coefficient}E${exponent}`);
}

function withExponentUpTo({ coefficient, exponent }: Exact, limit: number): Exact {
  let [digits, power] = [coefficient, exponent];
  while (power < limit && digits % TEN === 0n) {
    digits /= TEN;
    power++;
  }
  return { coefficient: digits, exponent: power };
}

function calculate(a: Decimal128, b: Decimal128, with_: (x: Exact, y: Exact) => Exact): Decimal128 {
  const [x, y] = [toExact(a), toExact(b)];
  if (x !== undefined && y !== undefined) return fromExact(with_(x, y));
  // NaN or an infinity: what doubles make of it.
  const sum = Number(a.toString()) + Number(b.toString());
  return Decimal128.fromString(String(sum));
}

function aligned(a: Exact, b: Exact): [bigint, bigint] {
  const exponent = Math.min(a.exponent, b.exponent);
  return [
    a.coefficient * TEN ** BigInt(a.exponent - exponent),
    b.coefficient * TEN ** BigInt(b.exponent - exponent),
  ];
}

function negated(value: Decimal128): Decimal128 {
  const text = value.toString();
  if (text === 'NaN') return value;
  return Decimal128.fromString(text.startsWith('-') ? text.slice(1) : `-${text}`);
}

function digitsOf({ coefficient }: Exact): number {
  return String(coefficient < 0n ? -coefficient : coefficient).length;
}

function signOf({ coefficient }: Exact): number {
  return coefficient < 0n ? -1 : Number(coefficient > 0n);
}
