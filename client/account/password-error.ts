/** Why a chosen password was refused, in words for whoever chose it. */

import type { FieldError } from '../../worker/contract/problems.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';

/** A reason that this page does not know yet is shown as a matter of length. */
export function passwordError({ reason }: FieldError): string {
  const faults: Partial<Record<string, string>> = LAZY_TEXTS.passwordFaults;
  return faults[reason ?? ''] ?? LAZY_TEXTS.fieldErrors.password;
}
