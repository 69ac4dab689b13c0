/** A call to an object or an edge that has no answer yet. */
import type { Attempt } from '../worker/sale/rules/attempts.ts';

export interface OpenCall {
  /** By the simulation's clock and by the object's. */
  arrivedMs: number;
  atMs: number;
  attempts: Attempt[];
  /** Answered by the sold-out cache at the edge, without the object. */
  isAtEdge: boolean;
}
