/** What the public list of a draw takes: bytes, seconds, CPU, and the runtime's memory. Changes nothing. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Bench, readingsOf } from '../speed/bench.ts';
import { usageOf } from '../speed/process-usage.ts';
import type { Readings } from '../speed/samples.ts';

const SAMPLE_EVERY_MS = 20;
const STREAM_MS_MAX = 120_000;
/** For what is left over to be given back. */
const REST_MS = 3_000;

export interface ListReading {
  streams: number;
  /** Of one of them. */
  bytes: number;
  lines: number;
  seconds: number;
  /** Seconds of CPU, of all of them. */
  cpu: Record<keyof Readings, number>;
  /** Of the runtime, in bytes. */
  before: number;
  peak: number;
  after: number;
}

/** Reads it so often at once. */
export async function readList(bench: Bench, url: string, streams: number): Promise<ListReading> {
  const before = readingsOf(bench.testBed);
  let peak = before.runtime.rssBytes;
  const { runtime } = bench.testBed.pids;
  const sampling = setInterval(() => {
    peak = Math.max(peak, usageOf(runtime === undefined ? [] : [runtime]).rssBytes);
  }, SAMPLE_EVERY_MS);
  try {
    const fromMs = performance.now();
    const read = await Promise.all(
      Array.from({ length: streams }, () => drain(url, bench.stopped)),
    );
    const seconds = (performance.now() - fromMs) / 1_000;
    const used = readingsOf(bench.testBed);
    await pause(REST_MS);
    const spent = (of: keyof Readings) => used[of].cpuSeconds - before[of].cpuSeconds;
    return {
      streams,
      bytes: read[0]?.bytes ?? 0,
      lines: read[0]?.lines ?? 0,
      seconds,
      cpu: {
        runtime: spent('runtime'),
        endpoint: spent('endpoint'),
        postgres: spent('postgres'),
        load: spent('load'),
      },
      before: before.runtime.rssBytes,
      peak,
      after: readingsOf(bench.testBed).runtime.rssBytes,
    };
  } finally {
    clearInterval(sampling);
  }
}

async function drain(url: string, stopped: AbortSignal) {
  let bytes = 0;
  let lines = 0;
  for await (const chunk of await bodyOf(url, stopped)) {
    bytes += chunk.length;
    for (const byte of chunk) if (byte === NEWLINE) lines++;
  }
  return { bytes, lines };
}

const NEWLINE = 10;

/** Keeps what was served. */
export async function saveAs(file: string, url: string, stopped: AbortSignal): Promise<void> {
  const out = createWriteStream(file);
  for await (const chunk of await bodyOf(url, stopped)) {
    if (!out.write(chunk)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

async function bodyOf(url: string, stopped: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(STREAM_MS_MAX)]);
  const answer = await fetch(url, { signal });
  if (!answer.ok || answer.body === null) throw new Error(`${url} was answered ${answer.status}`);
  return answer.body;
}
