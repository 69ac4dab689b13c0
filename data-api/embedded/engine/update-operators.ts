/** The update operators: what each makes of one place in a document. */
import { Timestamp } from 'bson';
import { type Fields, fieldOf, isFields } from '../../protocol/fields.ts';
import { compare } from './compare.ts';
import { LIST_UPDATES } from './list-updates.ts';
import * as numbers from './numbers.ts';
import { type Place, shownElement, shownValue } from './update-paths.ts';
import { type BsonNumber, copyOf, isNumber, isTrue, mongoError, typeOf } from './values.ts';

const SECOND_MS = 1_000;
const LONG_BITS = 64;

/** @param document as it was found, for messages. */
export type Update = (place: Place, operand: unknown, document: Fields) => void;

export const UPDATES: Readonly<Record<string, Update>> = {
  ...LIST_UPDATES,
  $set: (place, operand) => place.set(copyOf(operand)),
  $setOnInsert: (place, operand) => place.set(copyOf(operand)),
  $unset: (place) => place.set(undefined),
  $inc: (place, operand, document) => {
    const by = operandOf('$inc', 'increment', { place, operand });
    calculate('$inc', { place, operand: by, absent: by, document }, numbers.add);
  },
  $mul: (place, operand, document) => {
    const by = operandOf('$mul', 'multiply', { place, operand });
    const absent = numbers.multiply(by, numbers.int(0));
    calculate('$mul', { place, operand: by, absent, document }, numbers.multiply);
  },
  $min: (place, operand) => {
    const isLess = place.value === undefined || compare(operand, place.value) < 0;
    if (isLess) place.set(copyOf(operand));
  },
  $max: (place, operand) => {
    const isMore = place.value === undefined || compare(operand, place.value) > 0;
    if (isMore) place.set(copyOf(operand));
  },
  $currentDate: (place, operand) => {
    const now = new Date();
    const type = isFields(operand) ? operand['$type'] : operand;
    if (type === 'timestamp') {
      place.set(new Timestamp({ t: Math.floor(now.getTime() / SECOND_MS), i: 1 }));
    } else if (type === 'date' || type === true || (typeof type === 'boolean' && !isTrue(type))) {
      place.set(now);
    } else {
      const message = "The '$type' string field is required to be 'date' or 'timestamp'";
      throw mongoError('BadValue', message);
    }
  },
};

interface Calculation {
  place: Place;
  operand: BsonNumber;
  absent: BsonNumber;
  document: Fields;
}

function calculate(
  name: '$inc' | '$mul',
  { place, operand, absent, document }: Calculation,
  apply: (a: BsonNumber, b: BsonNumber) => BsonNumber,
): void {
  const { value } = place;
  if (value === undefined) {
    place.set(absent);
    return;
  }
  const id = shownValue(fieldOf(document, '_id') ?? null);
  if (!isNumber(value)) {
    const field = place.path.split('.').at(-1) ?? '';
    const message = `Cannot apply ${name} to a value of non-numeric type. {_id: ${id}} has the field '${field}' of non-numeric type ${typeOf(value)}`;
    throw mongoError('TypeMismatch', message);
  }
  const result = apply(value, operand);
  const widths = [value, operand].map(typeOf);
  const overflows =
    typeOf(result) === 'double' && widths.every((type) => type === 'int' || type === 'long');
  if (overflows) {
    const message = `Failed to apply ${name} operations to current value (${String(value)}) for document {_id: ${id}}: it exceeds ${LONG_BITS} bits`;
    throw mongoError('BadValue', message);
  }
  place.set(result);
}

function operandOf(
  name: string,
  verb: string,
  { place, operand }: { place: Place; operand: unknown },
): BsonNumber {
  if (isNumber(operand)) return operand;
  const message = `Cannot ${verb} with non-numeric argument: ${shownElement(place.path, operand)}`;
  throw mongoError('TypeMismatch', `${message} (${name})`);
}
