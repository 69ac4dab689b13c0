/** What is deployed: the front door and the objects' classes. */
import { createFrontDoor } from './entrypoint.ts';

export { HashObject } from './auth/hash-object.ts';
export { LiveObject } from './live/object/live-object.ts';
export { SaleObject } from './sale/object/sale-object.ts';

export default createFrontDoor();
