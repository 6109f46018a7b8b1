import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { Role } from '@counter-hub/shared/people/people.ts';
import { loadConfig, type HubConfig } from '@counter-hub/hub-server/config.ts';
import { HubServer, type HubOptions } from '@counter-hub/hub-server/HubServer.ts';
import { ANNEX_A } from '@counter-hub/hub-server/features/catalogue/annexA.ts';
import { catalogue } from '@counter-hub/hub-server/features/catalogue/Catalogue.ts';
import { hashPassword, PASSWORD_COSTS } from '@counter-hub/hub-server/features/auth/passwords.ts';
import { staffModel, staffSearch } from '@counter-hub/hub-server/features/people/Staff.model.ts';
import { plantCounters, seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { openShift } from './openShift.ts';
import { qualify } from './qualify.ts';
import { leaveEmpty, takeDatabase } from './mongod.ts';
import { TestClient } from './TestClient.ts';

/** Secrets of a test's hubs; hubs and media nodes of one test share them. */
export function newSecrets(): Record<string, string> {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	return {
		ACCESS_TOKEN_SECRET: randomBytes(32).toString('base64'),
		PERSONS_KEY: randomBytes(32).toString('base64'),
		PERSONS_HASH_KEY: randomBytes(32).toString('base64'),
		MEDIA_GRANT_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		NODE_CREDENTIAL: randomBytes(32).toString('base64'),
	};
}

export interface NewHubOptions extends HubOptions {
	/** Of an earlier hub, to run a second one on the same database with the same secrets. */
	sharing?: TestHub;
	/** Secrets and database of a process that ran before. */
	env?: Record<string, string>;
	config?: Partial<HubConfig>;
}

/** A person to be registered for a test; clerks and approvers are at the counter of their city. */
export interface NewStaff {
	role: Role;
	city: CityCode;
	/** Of supervisors and administrators; default: the one city. */
	cities?: CityCode[];
	name?: string;
	displayName?: string;
	password?: string;
	mustChangePassword?: boolean;
	/** Holds what a shift asks for; once signed in, the shift is open. Default: neither. */
	onShift?: boolean;
}

export const TEST_PASSWORD = 'counter-hub-test';

/** A real hub in this process, on a free port and a database of its own; closed when the test has finished. */
export class TestHub {
	readonly server: HubServer;
	readonly env: Record<string, string>;
	#people = 0;

	private constructor(server: HubServer, env: Record<string, string>) {
		this.server = server;
		this.env = env;
	}

	static async create({ sharing, env: given, config, ...options }: NewHubOptions = {}): Promise<TestHub> {
		const env = sharing?.env ?? {
			...(given ?? { ...newSecrets(), MONGODB_URL: (await takeDatabase()).url }),
			PORT: '0',
			LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'fatal',
		};
		const server = await HubServer.create({ ...loadConfig(env), ...config }, options);
		const hub = new TestHub(server, env);
		if (!sharing && !given) {
			await plantCounters(server.context.connection);
			await catalogue(server.context).put(ANNEX_A);
		}
		return hub;
	}

	get url(): string {
		return this.server.url;
	}

	get context() {
		return this.server.context;
	}

	close(): Promise<void> {
		return this.server.close('test finished');
	}

	/** Somebody who is not signed in. */
	client(): TestClient {
		return new TestClient(this.url);
	}

	/** Registers a person without going through the API; hashes are cheap ones. */
	async addStaff(staff: NewStaff): Promise<{ id: string; name: string; password: string }> {
		const id = randomUUID();
		const name = staff.name ?? `${staff.city}-${String(++this.#people).padStart(4, '0')}`;
		const password = staff.password ?? TEST_PASSWORD;
		const atCounter = staff.role === 'clerk' || staff.role === 'approver';
		const now = new Date();
		const names = { name, displayName: staff.displayName ?? `${staff.role} ${name}` };
		await staffModel(this.context.connection).create({
			_id: id,
			...names,
			search: staffSearch(names),
			role: staff.role,
			cities: staff.cities ?? [staff.city],
			counterId: atCounter ? seededCounterId(staff.city) : null,
			passwordHash: await hashPassword(password, PASSWORD_COSTS.light),
			mustChangePassword: staff.mustChangePassword ?? false,
			disabled: false,
			lastSignInAt: null,
			demo: false,
			version: 1,
			createdAt: now,
			changedAt: now,
			pendingActs: [],
		});
		if (staff.onShift) await qualify(this.context, id);
		return { id, name, password };
	}

	/** A new person of that role and city, signed in. */
	async signIn(role: Role, city: CityCode, more: Partial<NewStaff> = {}): Promise<TestClient> {
		const { name, password } = await this.addStaff({ ...more, role, city });
		const client = this.client();
		await client.signIn(name, password);
		if (more.onShift) await openShift(client);
		return client;
	}
}

/** A hub for the running test. */
export async function newHub(options: NewHubOptions = {}): Promise<TestHub> {
	const hub = await TestHub.create(options);
	const ownsDatabase = !options.sharing && !options.env;
	onTestFinished(async ({ task }) => {
		await hub.close();
		// What a failed test has left open may still write.
		if (ownsDatabase && task.result?.state === 'pass') await leaveEmpty(hub.env['MONGODB_URL'] ?? '');
	});
	return hub;
}
