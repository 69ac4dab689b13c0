/** The largest body that is read, where its length is not told: Hono counts it while it comes. */
import { bodyLimit } from 'hono/body-limit';
import { LIMITS } from '../contract/values.ts';
import { refuse } from './pipeline.ts';

export const limitBody = bodyLimit({
  maxSize: LIMITS.bodyBytesMax,
  onError: (c) => refuse(c, 'too_large'),
});
