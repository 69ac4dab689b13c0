/**
 * Every variable of the previews' Worker: what it means, what it must look like, and who uses it.
 * docs/configuration.md is made from it. Reads nothing itself.
 */
import * as z from 'zod';
import type { VariableTable } from '../data-api/environment.ts';

export const VARIABLES = {
  SHOP_URL: {
    kind: 'variable',
    needed: 'always',
    meaning: 'Where the shop answers: its reports are read below `/api/v1/events`.',
    form: 'an origin such as `https://shop.example`',
    usedIn: ['previews/shop.ts'],
    schema: z
      .string()
      .refine(
        (text) => URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text,
      ),
  },
} as const satisfies VariableTable;
