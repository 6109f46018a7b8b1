import { parseArgs } from 'node:util';
import { findCity } from '@counter-hub/shared/cities/cities.ts';
import { loadConfig, type HubConfig } from '../config.ts';
import { features } from '../features.ts';
import { ANNEX_A } from '../features/catalogue/annexA.ts';
import { catalogue } from '../features/catalogue/Catalogue.ts';
import { newOneTimePassword } from '../features/auth/passwords.ts';
import { plantCities } from '../features/cities/plantCities.ts';
import type { Feature, HubContext } from '../HubContext.ts';
import { HubServer } from '../HubServer.ts';
import { plantCounters } from './counters.ts';
import { plantCases } from './demo/plantCases.ts';
import { plantFacilities } from './demo/plantFacilities.ts';
import { plantRotas } from './demo/plantRotas.ts';
import { plantShifts } from './demo/plantShifts.ts';
import { plantQualifications } from './demo/plantQualifications.ts';
import { plantUndertaking } from './plantUndertaking.ts';
import { readCities } from './readCities.ts';
import { plantFirstAdministrator, plantStaff, type DemoSignIn } from './staff.ts';

/**
 * Fills a database before the hub starts; harmless to repeat. The environment is the hub's.
 *
 *     node src/seed/main.ts --demo [--random-passwords]   nine cities with staff and lived-in cases
 *     node src/seed/main.ts --empty [--cities <file>]     cities, catalogue and a first administrator
 *
 * The file names the cities of another union in place of the nine: a list of `{code,letters,zh,en}` as JSON, in their
 * order, for a database that has none yet.
 *
 * Prints one line of JSON: `{"signIns":[{"city","role","name","password"}]}`. With `--empty` the list is empty once
 * somebody is registered.
 */
const DEMO_PASSWORD = 'counter-hub-demo';
const flags = readFlags();

function readFlags() {
	const boolean = { type: 'boolean', default: false } as const;
	const options = {
		demo: boolean,
		empty: boolean,
		'random-passwords': boolean,
		cities: { type: 'string' },
	} as const;
	try {
		const { values } = parseArgs({ options });
		if (values.demo !== values.empty && !(values.demo && values.cities !== undefined)) return values;
	} catch {
		// Said below.
	}
	console.error('Usage: main.ts --demo [--random-passwords] | --empty [--cities <file>]');
	process.exit(2);
}

async function plant(hub: HubContext): Promise<DemoSignIn[]> {
	const now = new Date(hub.now());
	await Promise.all([plantCounters(hub.connection), catalogue(hub).put(ANNEX_A), plantUndertaking(hub)]);
	if (flags.empty) {
		const administrator = await plantFirstAdministrator(hub.connection, now);
		return administrator ? [administrator] : [];
	}
	const passwordOf = flags['random-passwords'] ? newOneTimePassword : () => DEMO_PASSWORD;
	const signIns = await plantStaff(hub.connection, passwordOf, now);
	await plantCases(hub, features);
	await plantFacilities(hub);
	await plantQualifications(hub);
	await plantRotas(hub);
	await plantShifts(hub);
	return signIns;
}

let signIns: DemoSignIn[] = [];
/** The cities of the file: before a hub plants the nine into a register that has none. */
const ownCities: Feature = {
	name: 'own cities',
	register: () => undefined,
	async start(hub) {
		if (flags.cities === undefined) return;
		const cities = await readCities(flags.cities);
		await plantCities(hub, cities, 'own-city');
		if (!cities.every(({ code }) => findCity(code)))
			throw new Error('the register has other cities already; more are registered in the page');
	},
};
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
	// Timelines come first.
	const [timelines, ...others] = features;
	if (!timelines) throw new Error('there are no features');
	const all = [timelines, ownCities, ...others, seed];
	const hub = await HubServer.create(config, { features: all });
	await hub.close('seeded');
	console.log(JSON.stringify({ signIns }));
	process.exit(0);
} catch (error) {
	console.error(`Seeding failed: ${error instanceof Error ? error.message : String(error)}`);
	process.exit(1);
}
