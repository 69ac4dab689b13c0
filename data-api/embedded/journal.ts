/**
 * Documents on disk: SQLite, one transaction for each write, so that a kill at any moment leaves
 * all of a write or nothing of it. Knows texts and keys only.
 */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Documents are their owner's: nobody else on the machine may read them. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;
const IN_MEMORY = ':memory:';

export interface Change {
  collection: string;
  /** The `_id` as canonical EJSON. */
  id: string;
  /** Undefined removes it. */
  text: string | undefined;
}

export interface Journal {
  /** In the order in which they were first written. */
  read(collection: string): { id: string; text: string }[];
  /** On disk, all of them, when it returns. */
  write(changes: Change[]): void;
  close(): void;
}

/**
 * @param path of the file, or `:memory:`.
 * @throws where another process has it open, or it is no such file.
 */
export function openJournal(path: string): Journal {
  if (path !== IN_MEMORY) narrow(path);
  const database = new DatabaseSync(path);
  // Exclusive: what is read is kept in memory, and a second writer would make that wrong.
  database.exec(`
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA auto_vacuum = INCREMENTAL;
    CREATE TABLE IF NOT EXISTS documents (
      position INTEGER PRIMARY KEY,
      collection TEXT NOT NULL,
      id TEXT NOT NULL,
      text TEXT NOT NULL,
      UNIQUE (collection, id)
    ) STRICT;
  `);
  const select = database.prepare(
    'SELECT id, text FROM documents WHERE collection = ? ORDER BY position',
  );
  const upsert = database.prepare(
    `INSERT INTO documents (collection, id, text) VALUES (?, ?, ?)
     ON CONFLICT (collection, id) DO UPDATE SET text = excluded.text`,
  );
  const remove = database.prepare('DELETE FROM documents WHERE collection = ? AND id = ?');

  return {
    read: (collection) => select.all(collection) as { id: string; text: string }[],
    write(changes) {
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const { collection, id, text } of changes) {
          if (text === undefined) remove.run(collection, id);
          else upsert.run(collection, id, text);
        }
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    close() {
      // What was removed becomes free space of the disk again.
      database.exec('PRAGMA incremental_vacuum');
      database.close();
    },
  };
}

/**
 * Before SQLite opens it: what it keeps beside the file gets the file's mode. A folder that is made
 * for it is its owner's too; one that is there is somebody else's to decide about.
 */
function narrow(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: FOLDER_MODE });
  closeSync(openSync(path, 'a', FILE_MODE));
  for (const file of [path, `${path}-wal`, `${path}-shm`, `${path}-journal`]) {
    if (existsSync(file)) chmodSync(file, FILE_MODE);
  }
}
