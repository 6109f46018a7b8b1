import { cityCode } from '@counter-hub/shared/cities/cities.ts';
import { privateKeyPem, readEnvironment } from '@counter-hub/shared/server/environment.ts';
import { z } from 'zod';
import { cityKey } from './cityKeys.ts';

/** `node hub-server/src/features/media-nodes/printCityKey.ts 310117`, with the hub's `MEDIA_GRANT_PRIVATE_KEY`. */
const environment = z.object({ MEDIA_GRANT_PRIVATE_KEY: privateKeyPem });

try {
	const city = cityCode.safeParse(process.argv[2]);
	if (!city.success) throw new Error('name a city by its code, for example 310117');
	const { MEDIA_GRANT_PRIVATE_KEY } = readEnvironment(environment, ['MEDIA_GRANT_PRIVATE_KEY'], process.env);
	process.stdout.write(`${cityKey(MEDIA_GRANT_PRIVATE_KEY, city.data)}\n`);
} catch (error) {
	process.stderr.write(`No key: ${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
