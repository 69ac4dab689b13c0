/**
 * Gives each test file a shop of its own. Many files share one runtime, and some set the clock forward:
 * what such a file has read would seem fresh to a later one.
 */
import { createEntrypoint } from '../entrypoint.ts';
import entrypoint from '../index.ts';
import { wire } from '../wiring.ts';
import { marksRequests } from './request-context.ts';
import { deps, shopEnv } from './shop.ts';

Object.assign(entrypoint, marksRequests(createEntrypoint()));
Object.assign(deps, wire(shopEnv));
