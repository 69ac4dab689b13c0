/**
 * Sample data for a shop that was never opened: a small catalogue, sample sales, legal pages, and an admin whose
 * password everybody knows. Added only by what runs a shop on this machine, and only in a database
 * on this machine.
 */
import { sql } from 'drizzle-orm';
import { hashPassword } from '../worker/auth/passwords.ts';
import type { ScryptCost } from '../worker/config/scrypt-cost.ts';
import { type FillRandom, makeItemId, makeUserId, makeVariantId } from '../worker/contract/ids.ts';
import { itemCatalog, itemVariants } from '../worker/stores/postgres/catalogue-schema.ts';
import type { Db } from '../worker/stores/postgres/client.ts';
import { legalTexts } from '../worker/stores/postgres/legal-schema.ts';
import { eventItems, events, users } from '../worker/stores/postgres/schema.ts';
import { sampleLegalTexts } from './sample-legal.ts';
import { newSampleSale, SAMPLE_SALES } from './sample-sales.ts';

export const SAMPLE_ADMIN = { email: 'admin@swiftdrop.com', password: 'Admin@1234' };

interface SampleItem {
  name: string;
  description: string;
  german: { name: string; description: string };
  category: string;
  /** Of its drawing, and of the pictures that local/draw-sample-pictures.ts makes of it. */
  drawing: string;
  /** Labels of its variants. */
  sizes?: readonly string[];
}

const CATALOGUE: readonly SampleItem[] = [
  {
    name: 'Aurora headphones',
    description: 'Over-ear and noise cancelling. Forty hours on one charge.',
    german: {
      name: 'Aurora-Kopfhörer',
      description: 'Ohrumschließend, mit Geräuschunterdrückung. Vierzig Stunden mit einer Ladung.',
    },
    category: 'electronics',
    drawing: 'headphones',
  },
  {
    name: 'Crema espresso machine',
    description: 'Fifteen bar, a proper steam wand, and warm in half a minute.',
    german: {
      name: 'Espressomaschine Crema',
      description: 'Fünfzehn Bar, eine richtige Dampflanze und in einer halben Minute warm.',
    },
    category: 'home appliances',
    drawing: 'espresso-machine',
  },
  {
    name: 'Orbit robot vacuum',
    description: 'Maps a floor once and keeps off the carpet fringe.',
    german: {
      name: 'Saugroboter Orbit',
      description: 'Merkt sich jeden Boden nach einer Fahrt und lässt die Teppichfransen in Ruhe.',
    },
    category: 'home appliances',
    drawing: 'robot-vacuum',
  },
  {
    name: 'Pico instant camera',
    description: 'Press, wait ninety seconds, hand the picture to whoever is in it.',
    german: {
      name: 'Sofortbildkamera Pico',
      description: 'Drücken, neunzig Sekunden warten und das Bild denen geben, die darauf sind.',
    },
    category: 'electronics',
    drawing: 'instant-camera',
  },
  {
    name: 'Sonata turntable',
    description: 'Walnut, belt driven, and balanced before it leaves the workshop.',
    german: {
      name: 'Plattenspieler Sonata',
      description:
        'Nussbaum, mit Riemenantrieb, und ausgewuchtet, bevor er die Werkstatt verlässt.',
    },
    category: 'electronics',
    drawing: 'turntable',
  },
  {
    name: 'Lume table lamp',
    description: 'Brass and linen, with a light that dims as the evening goes on.',
    german: {
      name: 'Tischlampe Lume',
      description: 'Messing und Leinen, mit einem Licht, das mit dem Abend schwächer wird.',
    },
    category: 'home',
    drawing: 'table-lamp',
  },
  {
    name: 'Stride running shoe',
    description: 'Light on the road and steady on gravel. True to size.',
    german: {
      name: 'Laufschuh Stride',
      description: 'Leicht auf der Straße und sicher auf Schotter. Fällt normal aus.',
    },
    category: 'shoes',
    drawing: 'running-shoe',
    sizes: ['EU 40', 'EU 41', 'EU 42', 'EU 43', 'EU 44'],
  },
];

export interface SampleOptions {
  nowMs: number;
  fillRandom: FillRandom;
  scryptCost: ScryptCost;
}

/** Adds everything in one transaction, or nothing if the shop has any account or event. */
export async function addSampleData(db: Db, options: SampleOptions): Promise<boolean> {
  const { rows } = await db.execute<{ used: boolean }>(
    sql`SELECT EXISTS (SELECT FROM ${users}) OR EXISTS (SELECT FROM ${events}) AS used`,
  );
  if (rows[0]?.used !== false) return false;
  const { nowMs, fillRandom, scryptCost } = options;
  const items = CATALOGUE.map(({ sizes = [], drawing, german, ...item }) => ({
    ...item,
    translations: { de: german },
    ...picturesOf(drawing),
    id: makeItemId(nowMs, fillRandom),
    variants: sizes.map((label) => ({ label, id: makeVariantId(nowMs, fillRandom) })),
  }));
  const catalogue = new Map(items.map((item) => [item.name, item]));
  const sales = SAMPLE_SALES.map((sale) => newSampleSale(sale, catalogue, options));
  await db.batch([
    db.insert(itemCatalog).values(items),
    db
      .insert(itemVariants)
      .values(
        items.flatMap(({ id: itemId, variants }) =>
          variants.map((variant, n) => ({ ...variant, itemId, position: n + 1 })),
        ),
      ),
    db.insert(legalTexts).values(sampleLegalTexts(nowMs)),
    db.insert(events).values(sales.map(({ event }) => event)),
    db.insert(eventItems).values(sales.flatMap((sale) => sale.items)),
    db.insert(users).values({
      id: makeUserId(nowMs, fillRandom),
      email: SAMPLE_ADMIN.email,
      displayName: 'Sample admin',
      role: 'admin',
      emailVerifiedAt: new Date(nowMs),
      passwordHash: await hashPassword(SAMPLE_ADMIN.password, scryptCost),
    }),
  ]);
  return true;
}

function picturesOf(drawing: string): { imageUrl: string; pictures: string[] } {
  const imageUrl = `/images/${drawing}.svg`;
  return {
    imageUrl,
    pictures: [imageUrl, ...['close', 'evening'].map((look) => `/images/${drawing}-${look}.webp`)],
  };
}
