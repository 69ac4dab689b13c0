import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { lackingIn, linesOf, mergeDevVars, placesIn } from './dev-vars.ts';

const SECRET = 'a-random-secret-of-more-than-32-characters';
const VARIABLES = {
  DATABASE_URL: `postgres://swiftdrop:${SECRET}@localhost/swiftdrop`,
  DATABASE_ENDPOINT: 'http://127.0.0.1:4001/sql',
  DATA_API_URL: 'http://127.0.0.1:4002/app/local/endpoint/data/v1',
  DATA_API_KEY: SECRET,
  JWT_SECRET: SECRET,
};

function written(text = '', variables: Record<string, string> = VARIABLES): string {
  const merged = mergeDevVars(text, variables);
  if (merged.kind === 'theirs') throw new Error('the file is not ours');
  return merged.text;
}

describe('.dev.vars', () => {
  it('is made where there is none, with all variables', () => {
    expect(parseEnv(written())).toEqual(VARIABLES);
    expect(written('\n')).toBe(written());
  });

  it('is written anew around what a developer added', () => {
    const first = `# mine\nMETRICS_TOKEN="t"\n${written()}EVENT_LOCATION="weur"\n`;
    const moved = { ...VARIABLES, DATABASE_ENDPOINT: 'http://127.0.0.1:5001/sql' };
    const second = written(first, moved);
    expect(parseEnv(second)).toEqual({ ...moved, METRICS_TOKEN: 't', EVENT_LOCATION: 'weur' });
    expect(second.startsWith('# mine\nMETRICS_TOKEN="t"\n')).toBe(true);
    expect(second.endsWith('EVENT_LOCATION="weur"\n')).toBe(true);
    expect(written(second, moved)).toBe(second);
  });

  it('leaves to a developer what they set themselves, above or below', () => {
    for (const text of [`JWT_SECRET="mine"\n${written()}`, `${written()}JWT_SECRET="mine"\n`]) {
      const merged = mergeDevVars(text, VARIABLES);
      expect(merged).toMatchObject({ kind: 'ours', kept: ['JWT_SECRET'] });
      expect(parseEnv(merged.kind === 'ours' ? merged.text : '')).toEqual({
        ...VARIABLES,
        JWT_SECRET: 'mine',
      });
    }
  });

  it('that a developer wrote is kept, and what it lacks is printed', () => {
    const text = 'DATABASE_URL="postgres://u:p@db.example/shop"\nJWT_SECRET="mine"\n';
    const { JWT_SECRET: _secret, ...lacking } = VARIABLES;
    expect(mergeDevVars(text, VARIABLES)).toEqual({ kind: 'theirs', lacking });
    expect(mergeDevVars(linesOf(VARIABLES), VARIABLES)).toEqual({ kind: 'theirs', lacking: {} });
  });

  it('in whose block a developer changed a line is kept from then on', () => {
    const changed = written().replace(':4001/', ':4009/');
    expect(mergeDevVars(changed, VARIABLES)).toEqual({
      kind: 'theirs',
      lacking: { DATABASE_ENDPOINT: VARIABLES.DATABASE_ENDPOINT },
    });
    for (const broken of [written().replace(/^# End.*$/m, ''), `# x\n${written().slice(9)}`]) {
      expect(mergeDevVars(broken, VARIABLES).kind).toBe('theirs');
    }
  });

  it('lacks what has another value only where the Worker would not reach the services', () => {
    expect(lackingIn({ ...VARIABLES, JWT_SECRET: 'other' }, VARIABLES)).toEqual({});
    expect(lackingIn({ ...VARIABLES, DATA_API_KEY: 'other' }, VARIABLES)).toEqual({
      DATA_API_KEY: SECRET,
    });
  });

  it('names where the services were, if the secrets are such as they make', () => {
    expect(placesIn(written())).toEqual({
      database: { port: 4001, password: SECRET },
      documents: { port: 4002, key: SECRET },
    });
    const mailed = { ...VARIABLES, MAIL_FOLDER_URL: `http://127.0.0.1:4003/${SECRET}` };
    expect(placesIn(linesOf(mailed)).mail).toEqual({ port: 4003, key: SECRET });
    const paid = { ...VARIABLES, STRIPE_API_URL: 'http://127.0.0.1:4004' };
    expect(placesIn(linesOf(paid)).payments).toEqual({ port: 4004 });
    expect(placesIn('')).toEqual({});
    const elsewhere = { ...VARIABLES, DATABASE_ENDPOINT: 'https://db.example/sql' };
    expect(placesIn(linesOf({ ...elsewhere, DATA_API_KEY: 'short' }))).toEqual({});
  });
});
