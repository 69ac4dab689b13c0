/** What an event shows of itself, in its own row. */
import { text } from 'drizzle-orm/pg-core';
import { written } from './columns.ts';

export const eventWords = {
  title: written('title').notNull(),
  description: written('description').notNull().default(''),
  /** The address of its picture. */
  coverUrl: text('cover_url'),
};
