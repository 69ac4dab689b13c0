/** Accounts: what register, login, password and profile take and give. */
import * as z from 'zod';
import { emailSchema } from './email.ts';
import { loginIdSchema, userIdSchema } from './ids.ts';
import { languageSchema } from './languages.ts';
import { suppressionSchema } from './mail-events.ts';
import {
  isSamePassword,
  PASSWORD_FAULTS,
  type PasswordFault,
  passwordFault,
} from './password-rules.ts';
import { instantSchema, lineSchema } from './values.ts';

const DISPLAY_NAME_CHARS_MAX = 60;
const PASSWORD_CHARS_MAX = 200;
const LINK_TOKEN_CHARS_MAX = 200;

export const roleSchema = z.enum(['customer', 'admin']);
export type Role = z.infer<typeof roleSchema>;

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
export const typedPasswordSchema = z.string().min(1).max(PASSWORD_CHARS_MAX);

/** Whether it may be a customer's: see staff-names.ts. */
const displayNameSchema = lineSchema(DISPLAY_NAME_CHARS_MAX).transform((text) =>
  text.normalize('NFC'),
);

/** In which mails are written. */
const mailLanguageSchema = languageSchema.optional();

export const registerSchema = z
  .strictObject({
    email: emailSchema,
    password: passwordSchema,
    displayName: displayNameSchema,
    language: mailLanguageSchema,
  })
  .superRefine(({ password, email, displayName }, context) => {
    const fault = passwordFault(password, { email, displayName });
    if (fault !== undefined) context.addIssue({ ...passwordIssue(fault), path: ['password'] });
  });

export const loginSchema = z.strictObject({ email: emailSchema, password: typedPasswordSchema });

export const passwordChangeSchema = z
  .strictObject({ currentPassword: typedPasswordSchema, newPassword: passwordSchema })
  .superRefine(({ currentPassword, newPassword }, context) => {
    if (!isSamePassword(currentPassword, newPassword)) return;
    context.addIssue({ ...passwordIssue('unchanged'), path: ['newPassword'] });
  });

/** What a link for one use carries; what cannot be one is answered as one that is not known. */
const linkTokenSchema = z.string().max(LINK_TOKEN_CHARS_MAX);

export const forgottenPasswordSchema = z.strictObject({ email: emailSchema });

export const passwordResetSchema = z.strictObject({
  token: linkTokenSchema,
  newPassword: passwordSchema,
});

export const emailVerificationSchema = z.strictObject({ token: linkTokenSchema });

export const emailChangeSchema = z.strictObject({
  email: emailSchema,
  password: typedPasswordSchema,
});

/** Without it, or without a body: on every device. */
export const logoutSchema = z.strictObject({ everywhere: z.boolean().default(true) });

export const profileChangeSchema = z.strictObject({
  displayName: displayNameSchema,
  language: mailLanguageSchema,
});

export const languageChangeSchema = z.strictObject({ language: languageSchema });

export const userSchema = z.object({
  id: userIdSchema,
  email: z.string(),
  displayName: z.string(),
  role: roleSchema,
  emailVerified: z.boolean(),
});
export type User = z.infer<typeof userSchema>;

/** Whether mail can be sent to the account's address: why not, and null where it can. */
export const ownMailSchema = z.strictObject({ suppressed: suppressionSchema.nullable() });
export type OwnMail = z.infer<typeof ownMailSchema>;

/** The address that a link has shown to be its owner's. */
export const verifiedEmailSchema = z.strictObject({ email: z.string() });
export type VerifiedEmail = z.infer<typeof verifiedEmailSchema>;

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

/** The fault's stable word travels with it, see http/validate.ts. The first one is enough. */
function passwordIssue(fault: PasswordFault) {
  return {
    code: 'custom',
    message: PASSWORD_FAULTS[fault],
    params: { reason: fault },
    continue: false,
  } as const;
}
