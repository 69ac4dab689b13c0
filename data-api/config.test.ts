import { expect, it } from 'vitest';
import { readGatewayConfig } from './config.ts';

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

it('names every variable at fault, and none of their values', () => {
  const wrong = {
    MONGODB_URI: 'https://user:secret@cluster.example',
    DATA_API_KEY: 'short',
    DATA_API_DATABASE: '',
    DATA_API_COLLECTIONS: 'reviews,$cmd',
    DATA_API_BASE_PATH: 'no-slash',
    DATA_API_INSERTED_STATUS: '204',
  };
  expect(readGatewayConfig(wrong)).toEqual({ wrong: Object.keys(wrong) });
});
