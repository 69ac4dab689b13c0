import { MongoBulkWriteError } from 'mongodb';
import { expect, it } from 'vitest';
import { faultOf } from './driver-faults.ts';

const bulkError = (error: object) => new MongoBulkWriteError(error as never, {} as never);

it('takes an insertMany that lost its connection for a fault, after which a write may be there', () => {
  expect(faultOf(bulkError({ message: 'connection 1 closed' }))).toMatchObject({
    code: 'ServiceUnavailable',
    message: expect.stringContaining('a write may have taken place'),
  });
});

it('takes an insertMany that MongoDB refused for refused', () => {
  expect(faultOf(bulkError({ message: 'E11000', code: 11_000 }))).toMatchObject({
    code: 'DuplicateKey',
  });
  expect(faultOf(bulkError({ message: 'too large', code: 10_334 }))).toMatchObject({
    code: 'MongoDBError',
  });
});
