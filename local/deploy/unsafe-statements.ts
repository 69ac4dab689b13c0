/**
 * What a migration does that the version before it, which still runs meanwhile and comes back with a
 * rollback, may not survive. Reads statements as text; must not need a database.
 */

/** In a comment of the statement, with the reason why nothing that runs can notice. */
const MARKER = /--\s*safe beside the old version:\s*\S+/i;

const UNSAFE: [RegExp, string][] = [
  [/\bDROP\s+(TABLE|SCHEMA|VIEW|SEQUENCE|TYPE|FUNCTION|COLUMN)\b/i, 'takes something away'],
  [
    /\bALTER\s+TABLE\b[^;]*\bDROP\s+(?!CONSTRAINT|NOT\s+NULL|DEFAULT|IDENTITY)/i,
    'takes a column away',
  ],
  [/\bRENAME\b/i, 'renames something'],
  [/\bSET\s+NOT\s+NULL\b/i, 'refuses rows that the old version writes'],
  [/\bALTER\s+(COLUMN\s+)?"?\w+"?\s+(SET\s+DATA\s+)?TYPE\b/i, 'changes the type of a column'],
  [/^\s*TRUNCATE\b/i, 'takes all rows away'],
  [/^\s*DELETE\s+FROM\b/i, 'takes rows away'],
];
/** With neither, each row of the old version is refused. */
const COLUMN_WITHOUT_DEFAULT =
  /\bADD\s+(COLUMN\s+)?(?!CONSTRAINT)"?\w+"?(?:(?!,|\bDEFAULT\b|\bGENERATED\b)[^;])*\bNOT\s+NULL\b(?:(?!,|\bDEFAULT\b|\bGENERATED\b)[^;])*(,|;|$)/i;
/** The rows that are there may break it, and those of the old version, too. */
const CHECKED_AT_ONCE = /\bADD\s+CONSTRAINT\b(?![^;]*\bNOT\s+VALID\b)/i;

/** @returns for each unsafe statement what it does and how it begins; empty where all are safe. */
export function unsafeStatementsIn(statements: string[]): string[] {
  return statements.flatMap((statement) => {
    if (MARKER.test(statement)) return [];
    const text = bare(statement);
    // A table that is new in this very migration has no old version.
    const isOfNewTable = tableOf(text) !== undefined && makes(statements, tableOf(text));
    if (isOfNewTable) return [];
    const found = UNSAFE.filter(([pattern]) => pattern.test(text)).map(([, what]) => what);
    if (COLUMN_WITHOUT_DEFAULT.test(text) && found.length === 0) {
      found.push('adds a column that rows of the old version lack');
    }
    if (CHECKED_AT_ONCE.test(text)) found.push('adds a constraint without NOT VALID');
    return found.slice(0, 1).map((what) => `${what}: ${firstLine(text)}`);
  });
}

/** Without comments, and without the bodies of functions, whose statements run later. */
function bare(statement: string): string {
  return statement
    .replaceAll(/(\$\w*\$)[\s\S]*?\1/g, "''")
    .replaceAll(/'(?:[^']|'')*'/g, "''")
    .replaceAll(/--.*$/gm, '')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .trim();
}

function tableOf(text: string): string | undefined {
  return /^\s*ALTER\s+TABLE\s+(?:ONLY\s+)?"?(\w+)"?/i.exec(text)?.[1];
}

function makes(statements: string[], table: string | undefined): boolean {
  return statements.some((statement) => {
    const made = /^\s*CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?"?(\w+)"?/i.exec(bare(statement));
    return made?.[1] === table;
  });
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.trim() ?? '';
}
