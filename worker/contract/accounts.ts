/** Accounts: what register, login, password and profile take and give. */
import * as z from 'zod';
import { loginIdSchema, userIdSchema } from './ids.ts';
import {
  isSamePassword,
  PASSWORD_FAULTS,
  type PasswordFault,
  passwordFault,
} from './password-rules.ts';
import { instantSchema, textSchema } from './values.ts';

const EMAIL_CHARS_MAX = 254;
const DISPLAY_NAME_CHARS_MAX = 60;
const PASSWORD_CHARS_MAX = 200;

export const roleSchema = z.enum(['customer', 'admin']);
export type Role = z.infer<typeof roleSchema>;

/** Compared and stored in lower case; RFC 5321 allows 254 characters. */
const emailSchema = z.string().trim().max(EMAIL_CHARS_MAX).pipe(z.email().toLowerCase());

/**
 * Any Unicode text that password-rules.ts does not refuse. Composed and decomposed letters are one
 * password.
 */
const passwordSchema = z
  .string()
  .max(PASSWORD_CHARS_MAX)
  .refine((text) => text.isWellFormed(), 'must not contain half a character')
  .superRefine((text, context) => {
    const fault = passwordFault(text);
    if (fault !== undefined) context.addIssue(passwordIssue(fault));
  });

/** As typed at a login: what could never have been chosen is just wrong. */
const typedPasswordSchema = z.string().min(1).max(PASSWORD_CHARS_MAX);

/** One line in any script and direction, with something in it that can be seen. */
const displayNameSchema = textSchema(1, DISPLAY_NAME_CHARS_MAX)
  .refine((text) => !/[\t\n\r\p{Zl}\p{Zp}]/u.test(text), 'must be one line')
  .refine(hasNoOverrides, 'must not turn the direction of the text around it')
  .refine((text) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text), 'must have something to see')
  .transform((text) => text.normalize('NFC'));

export const registerSchema = z
  .strictObject({ email: emailSchema, password: passwordSchema, displayName: displayNameSchema })
  .superRefine(({ password, ...owner }, context) => {
    const fault = passwordFault(password, owner);
    if (fault !== undefined) context.addIssue({ ...passwordIssue(fault), path: ['password'] });
  });

export const loginSchema = z.strictObject({ email: emailSchema, password: typedPasswordSchema });

export const passwordChangeSchema = z
  .strictObject({ currentPassword: typedPasswordSchema, newPassword: passwordSchema })
  .superRefine(({ currentPassword, newPassword }, context) => {
    if (!isSamePassword(currentPassword, newPassword)) return;
    context.addIssue({ ...passwordIssue('unchanged'), path: ['newPassword'] });
  });

/** Without it, or without a body: on every device. */
export const logoutSchema = z.strictObject({ everywhere: z.boolean().default(true) });

export const profileChangeSchema = z.strictObject({ displayName: displayNameSchema });

export const userSchema = z.object({
  id: userIdSchema,
  email: z.string(),
  displayName: z.string(),
  role: roleSchema,
});
export type User = z.infer<typeof userSchema>;

/** `expiresAt` is when the access token stops being accepted. */
export const sessionSchema = z.object({
  user: userSchema,
  accessToken: z.string(),
  expiresAt: instantSchema,
});
export type Session = z.infer<typeof sessionSchema>;

/** One device that is signed in. `device` is what its browser calls itself, null where it does not. */
export const loginEntrySchema = z.strictObject({
  id: loginIdSchema,
  createdAt: instantSchema,
  lastUsedAt: instantSchema,
  device: z.string().nullable(),
  current: z.boolean(),
});
export type LoginEntry = z.infer<typeof loginEntrySchema>;

export const loginListSchema = z.strictObject({ logins: z.array(loginEntrySchema) });
export type LoginList = z.infer<typeof loginListSchema>;

/** Embeddings, overrides and isolates: with them a name would rearrange the line it is shown in. */
function hasNoOverrides(text: string): boolean {
  return !/[\u202a-\u202e\u2066-\u2069]/u.test(text);
}

/** The fault's stable word travels with it, see http/validate.ts. The first one is enough. */
function passwordIssue(fault: PasswordFault) {
  return {
    code: 'custom',
    message: PASSWORD_FAULTS[fault],
    params: { reason: fault },
    continue: false,
  } as const;
}
