/** A field's fault as the API's schemas word it, in words for whoever filled the field in. */
import { ADMIN_TEXTS } from '../texts.ts';

type Fault = keyof typeof ADMIN_TEXTS.faults;

const SHAPES: readonly (readonly [RegExp, Fault])[] = [
  [/^Too small: expected string to have >=1 characters$/, 'required'],
  [/^Too small: expected string to have >=(\d+) /, 'charsMin'],
  [/^Too big: expected string to have <=(\d+) /, 'charsMax'],
  [/^Too small: expected (?:number|int) to be >=(\d+)$/, 'valueMin'],
  [/^Too big: expected (?:number|int) to be <=(\d+)$/, 'valueMax'],
];

/** A message of no known shape is told as it came. */
export function faultText(message: string): string {
  for (const [shape, fault] of SHAPES) {
    const found = shape.exec(message);
    if (found === null) continue;
    const text = ADMIN_TEXTS.faults[fault];
    return typeof text === 'string' ? text : text(Number(found[1]));
  }
  const plain = message.replaceAll('startsAt', 'the opening');
  return /^(must|is|does) /.test(plain) ? `This ${plain}.` : `${plain}.`;
}
