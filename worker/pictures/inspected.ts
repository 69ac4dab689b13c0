/** What is found in a file. */
import type { PictureFault } from '../contract/picture-uploads.ts';

/** In pixels, as they are stored: before an orientation is applied. */
export interface Size {
  width: number;
  height: number;
}

/** Or why it is none. */
export type Inspected = Size | PictureFault;
