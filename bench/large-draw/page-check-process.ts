/** The page's checker as a program of its own, over saved files: fails where it finds anything. */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { checkDraw } from '../../client/draw/check/check-draw.ts';
import { linesOf } from '../../client/draw/check/lines.ts';
import type { SavedDraw } from './checkers.ts';

const saved: SavedDraw = JSON.parse(process.argv[2] ?? '');
const { draw } = JSON.parse(await readFile(saved.draw, 'utf8'));
const jwks = JSON.parse(await readFile(saved.keys, 'utf8'));
const body = Readable.toWeb(createReadStream(saved.entries));
const lines = linesOf(body as ReadableStream<Uint8Array<ArrayBuffer>>);
const { eventId } = draw.start;
const { findings } = await checkDraw({ eventId, draw, lines, jwks, subtle: crypto.subtle });
if (findings.length > 0) {
  console.error(`the page refused it: ${JSON.stringify(findings)}`);
  process.exitCode = 1;
}
