import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './worker/stores/postgres/schema.ts',
    './worker/stores/postgres/catalogue-schema.ts',
    './worker/stores/postgres/picture-schema.ts',
    './worker/stores/postgres/payment-schema.ts',
    './worker/stores/postgres/dispute-schema.ts',
    './worker/stores/postgres/revenue-schema.ts',
    './worker/stores/postgres/address-schema.ts',
    './worker/stores/postgres/queue-schema.ts',
    './worker/stores/postgres/draw-schema.ts',
    './worker/stores/postgres/record-schema.ts',
    './worker/stores/postgres/sign-in-schema.ts',
    './worker/stores/postgres/idempotency-schema.ts',
    './worker/stores/postgres/legal-schema.ts',
    './worker/stores/postgres/face-schema.ts',
    './worker/stores/postgres/order-texts.ts',
    './worker/stores/postgres/outbox-schema.ts',
    './worker/stores/postgres/push-schema.ts',
  ],
  out: './migrations',
});
