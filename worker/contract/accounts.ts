/** Accounts: what register, login and profile take and give. */
import * as z from 'zod';
import { userIdSchema } from './ids.ts';
import { instantSchema, textSchema } from './values.ts';

const EMAIL_CHARS_MAX = 254;
const DISPLAY_NAME_CHARS_MAX = 60;
const PASSWORD_CHARS_MIN = 8;
const PASSWORD_CHARS_MAX = 200;

export const roleSchema = z.enum(['customer', 'admin']);
export type Role = z.infer<typeof roleSchema>;

/** Compared and stored in lower case; RFC 5321 allows 254 characters. */
const emailSchema = z.string().trim().toLowerCase().max(EMAIL_CHARS_MAX).pipe(z.email());

export const registerSchema = z.strictObject({
  email: emailSchema,
  password: z.string().min(PASSWORD_CHARS_MIN).max(PASSWORD_CHARS_MAX),
  displayName: textSchema(1, DISPLAY_NAME_CHARS_MAX),
});

export const loginSchema = z.strictObject({
  email: z.string().trim().toLowerCase().min(1).max(EMAIL_CHARS_MAX),
  password: z.string().min(1).max(PASSWORD_CHARS_MAX),
});

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
