import { onTestFinished } from 'vitest';
import { loadConfig } from '@counter-hub/hub-server/config.ts';
import type { Feature, HubContext } from '@counter-hub/hub-server/HubContext.ts';
import { HubServer } from '@counter-hub/hub-server/HubServer.ts';
import { newDatabase } from './mongod.ts';
import { newSecrets } from './newHub.ts';

/** A hub with nothing but a feature of the test's own. */
export async function newPlatform(
	register: (hub: HubContext) => void,
	env: Record<string, string> = {},
): Promise<HubServer> {
	const feature: Feature = { name: 'under test', register };
	const config = loadConfig({
		...newSecrets(),
		MONGODB_URL: newDatabase().url,
		PORT: '0',
		LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
		...env,
	});
	const hub = await HubServer.create(config, { features: [feature] });
	onTestFinished(() => hub.close('test finished'));
	return hub;
}
