/** The shop's legal texts, each with a version, so that of two who change one the second is refused. */
import { eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { LastChange } from '../../contract/administration.ts';
import type { Language } from '../../contract/languages.ts';
import type { LegalDraft, LegalPage } from '../../contract/legal.ts';
import { type Act, logAct } from './audit.ts';
import { type Db, guarded, instant } from './client.ts';
import { legalTexts } from './legal-schema.ts';
import { lastChange } from './versions.ts';

/** One page in one language. */
export interface LegalPlace {
  page: LegalPage;
  language: Language;
}

export interface LegalText extends LegalPlace {
  text: string;
  changedAtMs: number;
}

/** What is there now, and who changed it last. */
export interface PresentLegalText extends LegalDraft {
  changedBy: LastChange | null;
}

/** `changed` where it is not what the caller has seen; nothing was done then. */
export type LegalOutcome = 'done' | 'changed' | 'not_found';

/** One page in all languages in which it is there, in any order. */
export async function findLegalTexts(db: Db, page: LegalPage): Promise<LegalText[]> {
  const rows = await guarded(() => db.select().from(legalTexts).where(eq(legalTexts.page, page)));
  return rows.flatMap(({ text, changedAt, language }) =>
    text === null ? [] : [{ page, language, text, changedAtMs: changedAt.getTime() }],
  );
}

/** Which are there, without their words. */
export async function listLegalPlaces(db: Db): Promise<Omit<LegalText, 'text'>[]> {
  const { page, language, changedAt } = legalTexts;
  const rows = await guarded(() =>
    db.select({ page, language, changedAt }).from(legalTexts).where(isNotNull(legalTexts.text)),
  );
  return rows.map(({ changedAt: at, ...place }) => ({ ...place, changedAtMs: at.getTime() }));
}

/** What was ever written, deleted texts too. */
export async function listLegalDrafts(db: Db): Promise<LegalDraft[]> {
  const rows = await guarded(() => db.select().from(legalTexts));
  return rows.map(({ changedAt, ...draft }) => ({ ...draft, changedAt: changedAt.toISOString() }));
}

/** @param written.version what its writer has seen, 0 for nothing; the text gets the next one. */
export async function writeLegalText(
  db: Db,
  { page, language, text, version, ...act }: LegalPlace & Act & { text: string; version: number },
): Promise<LegalOutcome> {
  return changed(db, {
    ...act,
    page,
    language,
    action: 'legal.write',
    // The first version is made of nothing; all later ones need their row.
    change: sql`
      INSERT INTO legal_texts AS l (page, language, text, version, changed_at)
      SELECT ${page}, ${language}, ${text}, ${version}::int + 1, ${instant(act.nowMs)}
       WHERE ${version}::int = 0 OR EXISTS (SELECT FROM legal_texts WHERE ${isAt(page, language)})
          ON CONFLICT (page, language) DO UPDATE
         SET text = excluded.text, version = excluded.version, changed_at = excluded.changed_at
       WHERE l.version = ${version}::int`,
    outcomeElse: async () => 'changed',
  });
}

/** @param deleted.version what must be there; any will do if undefined. */
export async function deleteLegalText(
  db: Db,
  { page, language, version, ...act }: LegalPlace & Act & { version: number | undefined },
): Promise<LegalOutcome> {
  return changed(db, {
    ...act,
    page,
    language,
    action: 'legal.delete',
    change: sql`
      UPDATE legal_texts SET text = NULL, version = version + 1, changed_at = ${instant(act.nowMs)}
       WHERE ${isAt(page, language)} AND text IS NOT NULL
         AND version = coalesce(${version ?? null}::int, version)`,
    outcomeElse: async () => {
      const present = await readPresentLegalText(db, { page, language });
      return present.text === null ? 'not_found' : 'changed';
    },
  });
}

/** What is there now and who changed it last, for whoever was refused. */
export async function readPresentLegalText(
  db: Db,
  { page, language }: LegalPlace,
): Promise<PresentLegalText> {
  const [drafts, { rows }] = await Promise.all([
    listLegalDrafts(db),
    guarded(() =>
      db.execute<Pick<PresentLegalText, 'changedBy'>>(
        sql`SELECT ${lastChange(sql`SELECT ${subjectOf(page, language)}`)} AS "changedBy"`,
      ),
    ),
  ]);
  const draft = drafts.find((one) => one.page === page && one.language === language);
  const nothing = { page, language, text: null, version: 0, changedAt: null };
  return { ...(draft ?? nothing), changedBy: rows[0]?.changedBy ?? null };
}

interface Change extends LegalPlace, Act {
  action: string;
  /** Changes one row, or none where it must not. */
  change: SQL;
  outcomeElse(): Promise<LegalOutcome>;
}

/** The log has which text was changed, and no word of it. */
async function changed(
  db: Db,
  { page, language, actor, action, change, outcomeElse }: Change,
): Promise<LegalOutcome> {
  const entry = { actor, action, subject: subjectOf(page, language) };
  const { rows } = await guarded(() =>
    db.execute(sql`
      WITH changed AS (${change} RETURNING 1)
      ${logAct(entry, sql`EXISTS (SELECT FROM changed)`)} RETURNING id`),
  );
  return rows.length > 0 ? 'done' : outcomeElse();
}

function isAt(page: LegalPage, language: Language): SQL {
  return sql`page = ${page} AND language = ${language}`;
}

/** What the audit log calls one text, such as `imprint/de`. */
function subjectOf(page: LegalPage, language: Language): string {
  return `${page}/${language}`;
}
