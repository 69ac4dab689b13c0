/** Fetches the page of a draw with its styles, for the few who open one. Must not be imported by a first screen. */
import type { ComponentType } from 'preact';
import drawStyles from '../styles/draw.css?url';
import { fetchedOnce } from './fetched-once.ts';

export type DrawPage = ComponentType<{ readonly eventId: string }>;

export const loadDraw: () => Promise<DrawPage> = fetchedOnce(drawStyles, async () =>
  (await import('../draw/open-draw.tsx')).openDraw(),
);
