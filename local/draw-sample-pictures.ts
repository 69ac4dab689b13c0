/**
 * `npm run pictures:draw`: makes the further pictures of the sample shop out of its drawings: each item from
 * close by and in another light, and a cover for each sale. What it makes is kept in the repository.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp, { type Sharp } from 'sharp';

const FOLDER = fileURLToPath(new URL('../client/public/images/', import.meta.url));
const SIZE = { width: 800, height: 600 };
const COVER = { width: 1_200, height: 600 };
/** Of a drawing at twice its size: what is seen from close by. */
const CLOSE = { left: 420, top: 300, ...SIZE };
const QUALITY = 70;
const DRAWINGS = [
  'espresso-machine',
  'headphones',
  'instant-camera',
  'robot-vacuum',
  'running-shoe',
  'table-lamp',
  'turntable',
];
const COVERS: Readonly<Record<string, readonly string[]>> = {
  'cover-weekend': ['headphones', 'espresso-machine', 'running-shoe'],
  'cover-opening': ['robot-vacuum'],
  'cover-listening': ['turntable', 'table-lamp'],
};

export async function main(): Promise<void> {
  for (const name of DRAWINGS) {
    const large = await drawn(name, 2);
    await write(`${name}-close`, sharp(await lit(sharp(large).extract(CLOSE), SIZE)));
    const other = sharp(await drawn(name, 1)).modulate({
      saturation: 0.8,
      brightness: 0.7,
    });
    await write(`${name}-evening`, sharp(await lit(other, SIZE)));
  }
  for (const [name, drawings] of Object.entries(COVERS)) {
    const width = Math.ceil(COVER.width / drawings.length);
    const parts = await Promise.all(
      drawings.map(async (drawing, n) => ({
        input: await sharp(await drawn(drawing, 2))
          .resize(width, COVER.height, { fit: 'cover' })
          .png()
          .toBuffer(),
        left: Math.min(n * width, COVER.width - width),
        top: 0,
      })),
    );
    const row = sharp({ create: { ...COVER, channels: 3, background: '#ffffff' } }).composite(
      parts,
    );
    await write(name, sharp(await lit(sharp(await row.png().toBuffer()), COVER)));
  }
}

async function drawn(name: string, scale: number): Promise<Buffer> {
  const drawing = await readFile(`${FOLDER}${name}.svg`);
  return sharp(drawing, { density: 72 * scale })
    .resize(SIZE.width * scale, SIZE.height * scale)
    .png()
    .toBuffer();
}

/** Light from above left, which falls off to the corners, as a photograph has it. */
function lit(picture: Sharp, { width, height }: typeof SIZE): Promise<Buffer> {
  const light = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <radialGradient id="l" cx="35%" cy="25%" r="95%">
      <stop offset="0" stop-color="#fff" stop-opacity=".22"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/>
      <stop offset="1" stop-color="#000" stop-opacity=".38"/>
    </radialGradient><rect width="100%" height="100%" fill="url(#l)"/></svg>`;
  return picture
    .composite([{ input: Buffer.from(light) }])
    .png()
    .toBuffer();
}

async function write(name: string, picture: Sharp): Promise<void> {
  await writeFile(`${FOLDER}${name}.webp`, await picture.webp({ quality: QUALITY }).toBuffer());
  console.log(`${name}.webp`);
}
