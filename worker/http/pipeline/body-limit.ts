/** The largest body that is read. Where no Content-Length says its size, Hono counts it. */
import { bodyLimit } from 'hono/body-limit';
import { LIMITS } from '../../contract/values.ts';
import { refuse } from './pipeline.ts';

export const limitBody = bodyLimit({
  maxSize: LIMITS.bodyBytesMax,
  onError: (c) => refuse(c, 'too_large'),
});
