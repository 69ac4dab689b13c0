/** What is deployed: the entrypoint and the objects' classes. */
import { createEntrypoint } from './entrypoint.ts';

export { HashObject } from './auth/hash-object.ts';
export { BeaconObject } from './draw/object/beacon-object.ts';
export { LiveObject } from './live/object/live-object.ts';
export { OutboxObject } from './outbox/object/outbox-object.ts';
export { SaleObject } from './sale/object/sale-object.ts';

export default createEntrypoint();
