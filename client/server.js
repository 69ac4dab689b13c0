/** The one door through which the Worker reaches the components; typed in server.d.ts. */
export { chooseReader, drawPage } from './shell/draw-page.tsx';
