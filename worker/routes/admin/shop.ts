/** The shop's own face, over HTTP, for those who write it. */
import { Hono } from 'hono';
import { type Face, writeFaceSchema } from '../../contract/face.ts';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import { findFace, lastFaceChange, writeFace } from '../../stores/postgres/face.ts';
import { PICTURE_FAULT } from './pictures.ts';

type Needed = Needs<{ stores: 'db'; platform: 'nowMs' }>;

export function faceRoutes({ stores: { db }, platform: { nowMs } }: Needed) {
  return new Hono<CallerEnv>()
    .get('/', async (c) => c.json(await findFace(db), 200))
    .put('/', valid('json', writeFaceSchema), async (c) => {
      const { version, ...face } = c.req.valid('json');
      const act = { actor: c.get('caller').userId, nowMs: nowMs() };
      const outcome = await writeFace(db, { face, version, ...act });
      if (outcome === 'unknown_logo') {
        const errors = [{ path: 'logoUrl', message: PICTURE_FAULT }];
        throw new HttpProblem('malformed', { errors });
      }
      if (outcome !== 'done') {
        const [current, changedBy] = await Promise.all([findFace(db), lastFaceChange(db)]);
        throw new HttpProblem('precondition_failed', { extra: { current, changedBy } });
      }
      const changedAt = new Date(act.nowMs).toISOString();
      const written: Face = { ...face, version: version + 1, changedAt };
      return c.json(written, 200);
    });
}
