/** What the commands of this folder and of bench/ take from the environment, for the documentation. */

export interface CommandVariable {
  default: string;
  meaning: string;
  /** The commands that take it, as they are typed. */
  usedBy: string[];
}

export const COMMAND_VARIABLES: Record<string, CommandVariable> = {
  PORT: {
    default: '8787',
    meaning: 'Where the shop listens, and where it is looked for.',
    usedBy: ['npm run dev', 'npm run rehearse', 'npm run load'],
  },
  SWIFTDROP_DATA: {
    default: '.data',
    meaning: 'Folder of the local data; remove it to start with new data.',
    usedBy: [
      'npm run dev',
      'npm run services',
      'npm run reconcile',
      'npm run rehearse',
      'npm run load',
    ],
  },
  DATABASE_URL: {
    default: '',
    meaning:
      'A Postgres to use instead of the embedded one; for the other commands, the one to work on.',
    usedBy: [
      'npm run dev',
      'npm run services',
      'npm run db:migrate',
      'npm run admin:create',
      'npm run reconcile',
      'npm run deploy',
    ],
  },
  MONGODB_URI: {
    default: '',
    meaning: 'A MongoDB to use instead of the embedded documents.',
    usedBy: ['npm run dev', 'npm run services', 'npm run test:mongodb', '.ci/mongodb'],
  },
  ALLOWED_HOSTS: {
    default: '',
    meaning:
      'Hosts under which the local shop answers beside `localhost`, `127.0.0.1` and `[::1]`, such as those of a tunnel.',
    usedBy: ['npm run dev', 'npm run services'],
  },
  STRIPE_API_URL: {
    default: '',
    meaning:
      'Address of the local Stripe of a shop whose data folder is elsewhere, for a sale that is paid.',
    usedBy: ['npm run rehearse', 'npm run load', 'npm run reconcile'],
  },
  STRIPE_SECRET_KEY: {
    default: '',
    meaning: 'Its key.',
    usedBy: ['npm run rehearse', 'npm run load', 'npm run reconcile'],
  },
  DRAW_SIGNING_KEYS: {
    default: '',
    meaning: 'The keys that are rotated.',
    usedBy: ['npm run draw:key'],
  },
  DRAW_BEACON: {
    default: 'local',
    meaning: 'What decides the order of draws in the local shop; `drand` needs the internet.',
    usedBy: ['npm run dev'],
  },
  DRAW_RELAYS: {
    default: '',
    meaning: 'Where its beacon is asked, in place of the shop itself or of the public relays.',
    usedBy: ['npm run dev'],
  },
  DRAW_LEAD_SECONDS: {
    default: '5, or 40 with `drand`',
    meaning: 'How long before its opening entries of a draw close there.',
    usedBy: ['npm run dev'],
  },
  PROPERTY_SEED: {
    default: '20261122',
    meaning: 'What the property tests draw their examples by: a whole number, or `random`.',
    usedBy: ['npm test'],
  },
  DEV_VARS: {
    default: '.dev.vars',
    meaning: 'Where the variables for plain `wrangler dev` are written.',
    usedBy: ['npm run services'],
  },
  METRICS_TOKEN: {
    default: '',
    meaning:
      'The token that a request for the local shop’s metrics must show; without it, none is answered.',
    usedBy: ['npm run dev'],
  },
  SWIFTDROP_ADMIN_EMAIL: {
    default: 'the local sample admin',
    meaning: 'Who sets up the sale that is played.',
    usedBy: ['npm run rehearse', 'npm run load'],
  },
  SWIFTDROP_ADMIN_PASSWORD: {
    default: 'the local sample admin’s',
    meaning: 'Their password.',
    usedBy: ['npm run rehearse', 'npm run load'],
  },
  TEST_DATABASE_URL: {
    default: '',
    meaning:
      'A Postgres server on which tests and benchmarks make databases, instead of one of their own.',
    usedBy: [
      'npm test',
      'npm run bench',
      'npm run dashboard:plan',
      'npm run orders:plan',
      'npm run console:plan',
    ],
  },
  FERRETDB: {
    default: 'where .ci/mongodb builds it',
    meaning: 'A FerretDB to start where no MongoDB is given.',
    usedBy: ['npm run test:mongodb', 'npm run compare -- gateway'],
  },
  CHROMIUM: {
    default: 'its usual places',
    meaning: 'Where the browser is.',
    usedBy: ['npm run e2e', 'npm run compare -- page'],
  },
  DRILLS_TELL: {
    default: '',
    meaning: 'Set, the drills print what they saw.',
    usedBy: ['npm run test:drills'],
  },
  DRILLS_STOCK: {
    default: '',
    meaning: 'Units of the sales of `paid-sale` and `cancelled-sale`, in place of their own.',
    usedBy: ['npm run test:drills'],
  },
  DRILLS_SHOPPERS: {
    default: '',
    meaning: 'Shoppers of `paid-sale`, in place of its own.',
    usedBy: ['npm run test:drills'],
  },
  DRILLS_SILENCE_SECONDS: {
    default: '6',
    meaning: 'How long the beacon of `beacon` is silent.',
    usedBy: ['npm run test:drills'],
  },
  PYTHON: {
    default: 'python3',
    meaning: 'The program that checks a large draw.',
    usedBy: ['npm run draw:measure'],
  },
};
