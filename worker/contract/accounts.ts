/** Accounts: what register, login, password and profile take and give. */
import * as z from 'zod';
import { emailSchema } from './email.ts';
import { userIdSchema } from './ids.ts';
import { instantSchema, lineSchema } from './values.ts';

const DISPLAY_NAME_CHARS_MAX = 60;
const PASSWORD_CHARS_MIN = 8;
const PASSWORD_CHARS_MAX = 200;

export const roleSchema = z.enum(['customer', 'admin']);
export type Role = z.infer<typeof roleSchema>;

/**
 * Any Unicode text. Composed and decomposed letters are one password, and its least length is
 * counted in characters of that form, so that accents written apart do not count twice.
 */
const passwordSchema = z
  .string()
  .max(PASSWORD_CHARS_MAX)
  .refine((text) => text.isWellFormed(), 'must not contain half a character')
  .refine(
    (text) => Array.from(text.normalize('NFKC')).length >= PASSWORD_CHARS_MIN,
    `must have at least ${PASSWORD_CHARS_MIN} characters`,
  );

/** As typed at a login: what could never have been chosen is just wrong. */
const typedPasswordSchema = z.string().min(1).max(PASSWORD_CHARS_MAX);

/** Whether it may be a customer's: see staff-names.ts. */
const displayNameSchema = lineSchema(DISPLAY_NAME_CHARS_MAX).transform((text) =>
  text.normalize('NFC'),
);

export const registerSchema = z.strictObject({
  email: emailSchema,
  password: passwordSchema,
  displayName: displayNameSchema,
});

export const loginSchema = z.strictObject({ email: emailSchema, password: typedPasswordSchema });

export const passwordChangeSchema = z.strictObject({
  currentPassword: typedPasswordSchema,
  newPassword: passwordSchema,
});

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
