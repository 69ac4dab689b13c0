/** Files that are pictures, or pretend to be: made anew for each run, by the library that the local platform decodes with. */
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** The corners of the picture of four colours: red and green above, blue and white below. */
const CORNERS = [
  [200, 0, 0],
  [0, 200, 0],
  [0, 0, 200],
  [250, 250, 250],
] as const;
const FOUR = { width: 40, height: 20 };
const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8];
const PLACE = {
  IFD0: { Copyright: 'Ada at home', Make: 'Camera' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1', GPSLongitude: '0/1 7/1 0/1' },
};

/** @returns them by name, in base64, as a set-up may hand them to tests. */
export async function makeTestPictures(): Promise<Record<string, string>> {
  const noise = () => sharp({ create: { ...sized(1_000, 750), noise: gaussian() } });
  const moving = await movingGif();
  const large = await noise().jpeg().toBuffer();
  const files: Record<string, Buffer> = {
    large,
    located: await sharp(large).withExif(PLACE).jpeg().toBuffer(),
    png: await plain(600, 300).png().toBuffer(),
    'png with 16 bits': await plain(50, 50).toColourspace('rgb16').png().toBuffer(),
    'png with a palette': await four().png({ palette: true }).toBuffer(),
    transparent: await sharp({
      create: { ...sized(500, 400), channels: 4, background: '#ff000000' },
    })
      .png()
      .toBuffer(),
    'one pixel': await plain(1, 1).png().toBuffer(),
    wide: await plain(10_000, 10).png().toBuffer(),
    tall: await plain(10, 10_000).png().toBuffer(),
    cmyk: await noise().resize(200).toColourspace('cmyk').jpeg().toBuffer(),
    progressive: await noise().resize(200).jpeg({ progressive: true }).toBuffer(),
    webp: await four().webp({ lossless: true }).toBuffer(),
    'lossy webp': await noise().resize(120).webp().toBuffer(),
    'webp with metadata': await sharp(large).resize(120).withExif(PLACE).webp().toBuffer(),
    avif: await noise().resize(120).avif().toBuffer(),
    gif: await four().gif().toBuffer(),
    'moving gif': moving,
    'moving webp': await sharp(moving, { animated: true }).webp().toBuffer(),
    bomb: pngOf(60_000, 60_000),
    'many pixels': pngOf(11_000, 11_000),
  };
  files['moving png'] = withMovement(files['png'] ?? Buffer.alloc(0));
  for (const orientation of ORIENTATIONS) {
    files[`turned ${orientation}`] = await four()
      .withMetadata({ orientation })
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .toBuffer();
  }
  return Object.fromEntries(
    Object.entries(files).map(([name, file]) => [name, file.toString('base64')]),
  );
}

function sized(width: number, height: number) {
  return { width, height, channels: 3 as const, background: '#336699' };
}

function gaussian() {
  return { type: 'gaussian' as const, mean: 128, sigma: 40 };
}

function plain(width: number, height: number) {
  return sharp({ create: sized(width, height) });
}

function four() {
  const { width, height } = FOUR;
  const pixels = Array.from({ length: width * height }, (_, n) => {
    const [x, y] = [n % width, Math.floor(n / width)];
    return CORNERS[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)] ?? [];
  });
  return sharp(Buffer.from(pixels.flat()), { raw: { ...FOUR, channels: 3 } });
}

async function movingGif(): Promise<Buffer> {
  const frames = await Promise.all(
    ['#ff0000', '#00ff00'].map((background) =>
      sharp({ create: { ...sized(30, 30), background } })
        .png()
        .toBuffer(),
    ),
  );
  return sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
}

/** A small file that asks for much memory. */
function pngOf(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8);
  const signature = Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1');
  const lines = deflateSync(Buffer.alloc(1_000_000));
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', lines), chunk('IEND')]);
}

function chunk(name: string, content = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** As an animation says that it is one: a part of its own behind the first. */
function withMovement(png: Buffer): Buffer {
  const [signature, first] = [8, 25];
  const behind = signature + first;
  const frames = chunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]));
  return Buffer.concat([png.subarray(0, behind), frames, png.subarray(behind)]);
}
