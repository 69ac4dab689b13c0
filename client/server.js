/** All that the Worker may import of the client: it draws pages. Typed in server.d.ts. */
export { chooseReader, drawPage } from './shell/draw-page.tsx';
export { drawPreview } from './shell/draw-preview.tsx';
