/** The gateway's variables and secrets, checked once and named when they are wrong. */
import type { DataApiConfig } from './app.ts';
import { type ConfigFault, faultsIn, type LocationHint, valuesIn } from './environment.ts';
import { VARIABLES } from './variables.ts';

export interface GatewayConfig {
  api: DataApiConfig;
  mongodbUri: string;
  location: LocationHint | undefined;
}

/** @returns what is wrong instead, where anything is. */
export function readGatewayConfig(env: object): GatewayConfig | { wrong: ConfigFault[] } {
  const wrong = faultsIn(VARIABLES, env);
  if (wrong.length > 0) return { wrong };
  const given = valuesIn(VARIABLES, env);
  const origins = given.DATA_API_ALLOWED_ORIGINS;
  return {
    api: {
      key: given.DATA_API_KEY,
      dataSource: given.DATA_API_DATA_SOURCE,
      database: given.DATA_API_DATABASE,
      collections: new Set(given.DATA_API_COLLECTIONS.split(',')),
      basePath: given.DATA_API_BASE_PATH,
      insertedStatus: given.DATA_API_INSERTED_STATUS === '201' ? 201 : 200,
      ...(given.DATA_API_RETURN_TYPE === 'EJSON' ? { returnType: 'EJSON' } : {}),
      ...(origins === undefined ? {} : { allowedOrigins: new Set(origins.split(',')) }),
    },
    mongodbUri: given.MONGODB_URI,
    location: given.DATA_API_LOCATION,
  };
}
