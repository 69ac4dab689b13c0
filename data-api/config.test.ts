import { describe, expect, it } from 'vitest';
import { readGatewayConfig } from './config.ts';
import { complaintOf, faultsIn, type Variable } from './environment.ts';
import { VARIABLES } from './variables.ts';

const env = {
  MONGODB_URI: 'mongodb+srv://user:secret@cluster.example/?retryWrites=true',
  DATA_API_KEY: 'k'.repeat(32),
  DATA_API_DATABASE: 'shop',
  DATA_API_COLLECTIONS: 'reviews,event_comments',
};

it('needs an address, a key, a database and collections, and has a default for the rest', () => {
  expect(readGatewayConfig(env)).toEqual({
    api: {
      key: env.DATA_API_KEY,
      dataSource: 'mongodb-atlas',
      database: 'shop',
      collections: new Set(['reviews', 'event_comments']),
      basePath: undefined,
      insertedStatus: 200,
    },
    mongodbUri: env.MONGODB_URI,
    location: undefined,
  });
});

it('takes a return type and the origins of pages', () => {
  const config = readGatewayConfig({
    ...env,
    DATA_API_RETURN_TYPE: 'EJSON',
    DATA_API_ALLOWED_ORIGINS: 'https://shop.example,http://localhost:5173',
  });
  expect(config).toMatchObject({
    api: {
      returnType: 'EJSON',
      allowedOrigins: new Set(['https://shop.example', 'http://localhost:5173']),
    },
  });
});

it('names every variable at fault and what it must be, and none of their values', () => {
  const wrong = {
    MONGODB_URI: 'https://user:secret@cluster.example',
    DATA_API_KEY: 'short-secret',
    DATA_API_DATABASE: '',
    DATA_API_COLLECTIONS: 'reviews,$cmd',
    DATA_API_BASE_PATH: 'no-slash',
    DATA_API_INSERTED_STATUS: '204',
    DATA_API_RETURN_TYPE: 'XML',
    DATA_API_ALLOWED_ORIGINS: 'shop.example',
    DATA_API_LOCATION: 'atlantis',
  };
  const faults = faultsIn(VARIABLES, wrong);
  expect(faults.map(({ name }) => name)).toEqual(Object.keys(wrong));
  expect(readGatewayConfig(wrong)).toEqual({ wrong: faults });
  const complaints = faults.map(complaintOf);
  expect(complaints).toContain(
    'DATA_API_DATABASE is missing; it must be a name without spaces, slashes, backslashes, dots, quotes and dollar signs',
  );
  expect(complaints.join(' ')).not.toMatch(/secret|atlantis|204|no-slash/);
});

describe.each(Object.entries<Variable>(VARIABLES))('%s', (name, { needed, default: text }) => {
  it('is named when it is malformed', () => {
    const faults = faultsIn(VARIABLES, { ...env, [name]: 'no such\nvalue' });
    expect(faults).toMatchObject([{ name, fault: 'malformed' }]);
  });

  it('is named when it is missing and cannot be', () => {
    const faults = faultsIn(VARIABLES, { ...env, [name]: '' });
    expect(faults).toMatchObject(needed === 'always' ? [{ name, fault: 'missing' }] : []);
  });

  it('takes its own default, where it has one', () => {
    expect(faultsIn(VARIABLES, { ...env, [name]: text ?? env[name as keyof typeof env] })).toEqual(
      [],
    );
  });
});
