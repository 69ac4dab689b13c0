import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './worker/stores/schema.ts',
    './worker/stores/record-schema.ts',
    './worker/stores/idempotency-schema.ts',
    './worker/stores/order-texts.ts',
  ],
  out: './migrations',
});
