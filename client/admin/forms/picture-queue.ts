/** Files on their way to become pictures, one after another, and what became of each. Must not draw. */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { PictureFault } from '../../../worker/contract/picture-uploads.ts';
import { PROBLEM_TEXTS } from '../../texts/texts.ts';
import type { UploadResult } from '../api/picture-calls.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

/** As the contract has it; what is larger is not even sent. */
export const FILE_BYTES_MAX = 15 * 1024 * 1024;

export interface Refused {
  /** Of the file. */
  readonly name: string;
  /** Why, in words. */
  readonly why: string;
}

export interface PictureQueue {
  readonly state: ReadonlySignal<{
    /** What is being sent; null while nothing is. */
    readonly name: string | null;
    /** Which of those that were chosen together, and of how many. */
    readonly nth: number;
    readonly count: number;
    readonly refused: readonly Refused[];
  }>;
  /** Those that wait are sent first. What was refused before is forgotten. */
  add(files: readonly File[]): Promise<void>;
}

const IDLE = { name: null, nth: 0, count: 0, refused: [] };

/**
 * @param roomFor how many more are taken
 * @param onPicture is given the address of each, in the order of the files
 */
export function createPictureQueue(ports: {
  send(file: File): Promise<UploadResult>;
  roomFor(): number;
  onPicture(url: string): void;
}): PictureQueue {
  const state = signal<PictureQueue['state']['value']>(IDLE);
  const waiting: File[] = [];

  function refuse(name: string, why: string) {
    state.value = { ...state.peek(), refused: [...state.peek().refused, { name, why }] };
  }
  async function send(file: File) {
    const { name } = file;
    if (ports.roomFor() <= 0) return refuse(name, ADMIN_TEXTS.pictures.noRoom);
    if (file.size > FILE_BYTES_MAX) return refuse(name, ADMIN_TEXTS.pictures.tooLarge);
    const { nth } = state.peek();
    state.value = { ...state.peek(), name, nth: nth + 1 };
    const result = await ports.send(file);
    return result.ok ? ports.onPicture(result.value.url) : refuse(name, whyOf(result));
  }
  return {
    state,
    async add(files) {
      waiting.push(...files);
      const { name, count } = state.peek();
      if (name !== null) {
        state.value = { ...state.peek(), count: count + files.length };
        return;
      }
      state.value = { ...IDLE, count: files.length };
      for (let file = waiting.shift(); file; file = waiting.shift()) await send(file);
      state.value = { ...state.peek(), name: null };
    },
  };
}

function whyOf(result: Extract<UploadResult, { ok: false }>): string {
  const { code } = result.problem;
  const faults: Partial<Record<PictureFault, string>> = ADMIN_TEXTS.pictures.faults;
  if (code === 'too_large') return ADMIN_TEXTS.pictures.tooLarge;
  return (result.fault && faults[result.fault]) ?? PROBLEM_TEXTS[code];
}
