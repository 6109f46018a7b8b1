import { loadConfig, type HubConfig } from '../config.ts';
import { features } from '../features.ts';
import { ANNEX_A } from '../features/catalogue/annexA.ts';
import { catalogue } from '../features/catalogue/Catalogue.ts';
import { newOneTimePassword } from '../features/auth/passwords.ts';
import type { Feature, HubContext } from '../HubContext.ts';
import { HubServer } from '../HubServer.ts';
import { plantCounters } from './counters.ts';
import { plantCases } from './demo/plantCases.ts';
import { plantFacilities } from './demo/plantFacilities.ts';
import { plantRotas } from './demo/plantRotas.ts';
import { plantQualifications } from './demo/plantQualifications.ts';
import { plantUndertaking } from './plantUndertaking.ts';
import { plantFirstAdministrator, plantStaff, type DemoSignIn } from './staff.ts';

/**
 * Fills a database before the hub starts; harmless to repeat. The environment is the hub's.
 *
 *     node src/seed/main.ts --demo [--random-passwords]   nine cities with staff and lived-in cases
 *     node src/seed/main.ts --empty                       cities, catalogue and a first administrator
 *
 * Prints one line of JSON: `{"signIns":[{"city","role","name","password"}]}`. With `--empty` the list is empty once
 * somebody is registered.
 */
const DEMO_PASSWORD = 'counter-hub-demo';
const flags = new Set(process.argv.slice(2));

async function plant(hub: HubContext): Promise<DemoSignIn[]> {
	const now = new Date(hub.now());
	await Promise.all([plantCounters(hub.connection), catalogue(hub).put(ANNEX_A), plantUndertaking(hub)]);
	if (flags.has('--empty')) {
		const administrator = await plantFirstAdministrator(hub.connection, now);
		return administrator ? [administrator] : [];
	}
	const passwordOf = flags.has('--random-passwords') ? newOneTimePassword : () => DEMO_PASSWORD;
	const signIns = await plantStaff(hub.connection, passwordOf, now);
	await plantCases(hub, features);
	await plantFacilities(hub);
	await plantQualifications(hub);
	await plantRotas(hub);
	return signIns;
}

const unknown = [...flags].filter((flag) => !['--demo', '--empty', '--random-passwords'].includes(flag));
if (unknown.length > 0 || flags.has('--demo') === flags.has('--empty')) {
	console.error('Usage: main.ts --demo [--random-passwords] | --empty');
	process.exit(2);
}
let signIns: DemoSignIn[] = [];
/** Runs after indexes were made, before anything is served or swept. */
const seed: Feature = {
	name: 'seed',
	register: () => undefined,
	async start(hub) {
		signIns = await plant(hub);
	},
};
const config: HubConfig = {
	...loadConfig(),
	host: '127.0.0.1',
	port: 0,
	tls: undefined,
	publicUrl: undefined,
};
try {
	const hub = await HubServer.create(config, { features: [...features, seed] });
	await hub.close('seeded');
	console.log(JSON.stringify({ signIns }));
	process.exit(0);
} catch (error) {
	console.error(`Seeding failed: ${error instanceof Error ? error.message : String(error)}`);
	process.exit(1);
}
