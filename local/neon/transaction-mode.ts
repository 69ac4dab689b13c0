// Owns the transaction headers of a batch: Neon's words in, SQL out. Runs nothing.

const ISOLATION_SQL = {
  ReadUncommitted: 'READ UNCOMMITTED',
  ReadCommitted: 'READ COMMITTED',
  RepeatableRead: 'REPEATABLE READ',
  Serializable: 'SERIALIZABLE',
} as const;

export type IsolationLevel = keyof typeof ISOLATION_SQL;

export interface TransactionMode {
  /** null leaves the database's default. */
  isolation: IsolationLevel | null;
  readOnly: boolean;
  deferrable: boolean;
}

export function isIsolationLevel(word: string): word is IsolationLevel {
  return Object.hasOwn(ISOLATION_SQL, word);
}

/** Built from the fixed words above only, since BEGIN takes no parameters. */
export function beginSql(mode: TransactionMode): string {
  const words = ['BEGIN'];
  if (mode.isolation) words.push('ISOLATION LEVEL', ISOLATION_SQL[mode.isolation]);
  if (mode.readOnly) words.push('READ ONLY');
  if (mode.deferrable) words.push('DEFERRABLE');
  return words.join(' ');
}
