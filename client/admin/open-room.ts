/** What the door to the admin's room fetches: the room and its words, in the language spoken. */
import type { ComponentType } from 'preact';
import { LANGUAGE } from '../texts.ts';
import { Admin } from './admin.tsx';
import { loadAdminTexts } from './texts/load.ts';
import { speakAsAdmin } from './texts.ts';

/** @throws if the words cannot be fetched */
export async function openRoom(): Promise<ComponentType> {
  speakAsAdmin(await loadAdminTexts(LANGUAGE));
  return Admin;
}
