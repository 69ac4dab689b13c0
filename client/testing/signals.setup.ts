/** Draws as the page does: again when a signal changes. Runs for each file, though they share Preact. */
import { options } from 'preact';
import { followSignals } from '../page/follow-signals.ts';

const shared = options as { followsSignals?: true };
if (!shared.followsSignals) followSignals();
shared.followsSignals = true;
