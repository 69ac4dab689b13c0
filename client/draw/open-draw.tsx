/** What client/lazy/ fetches for a draw's page: its screen and its words, in the language spoken. */
import { LANGUAGE } from '../texts/texts.ts';
import { startCheck } from './background/start-check.ts';
import { DrawScreen } from './draw-screen.tsx';
import { loadDrawTexts } from './texts/load.ts';
import { speakOfDraws } from './texts/texts.ts';

/** @throws if the words cannot be fetched */
export async function openDraw(start = startCheck) {
  speakOfDraws(await loadDrawTexts(LANGUAGE));
  return ({ eventId }: { readonly eventId: string }) => (
    <DrawScreen eventId={eventId} startCheck={start} />
  );
}
