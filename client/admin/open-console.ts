/** What client/lazy/ fetches for admins: the console and its words, in the language spoken. */
import type { ComponentType } from 'preact';
import { LANGUAGE } from '../texts/texts.ts';
import { Console } from './console.tsx';
import { loadAdminTexts } from './texts/load.ts';
import { speakAsAdmin } from './texts/texts.ts';

/** @throws if the words cannot be fetched */
export async function openConsole(): Promise<ComponentType> {
  speakAsAdmin(await loadAdminTexts(LANGUAGE));
  return Console;
}
