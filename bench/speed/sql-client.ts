/** One connection straight to the bench's Postgres, for as long as something takes. */
import pg from 'pg';

export async function withClient<Result>(
  { postgresUrl }: { postgresUrl: string },
  use: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(postgresUrl);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
