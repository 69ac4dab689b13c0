/** The types of server.js, without those of the browser: the Worker's own names would clash with them. */
import type { ChooseReader, DrawPage, DrawPreview } from '../worker/contract/pages.ts';

export declare const chooseReader: ChooseReader;
export declare const drawPage: DrawPage;
export declare const drawPreview: DrawPreview;
