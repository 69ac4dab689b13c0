/** What the schema of a new password cannot check: whether it is made of the account's name or address. */
import {
  PASSWORD_FAULTS,
  type PasswordOwner,
  passwordFault,
} from '../../contract/password-rules.ts';
import { HttpProblem } from '../../http/problem.ts';

/** @throws HttpProblem saying why. */
export function refuseWeak(newPassword: string, owner: PasswordOwner): void {
  const reason = passwordFault(newPassword, owner);
  if (reason === undefined) return;
  const errors = [{ path: 'newPassword', message: PASSWORD_FAULTS[reason], reason }];
  throw new HttpProblem('malformed', { errors });
}
