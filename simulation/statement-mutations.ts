/** Mistakes in how signed statements are kept; the text is that of the statement that keeps them. */
import { type Mutation, mistake } from './mutation.ts';

export const STATEMENT_MUTATIONS: Mutation[] = [
  mistake('keeps the statement of a lock anew', 'AND "locked_statement" IS NULL', ''),
  mistake('keeps the statement of a draw anew', 'AND "drawn_statement" IS NULL', ''),
];
