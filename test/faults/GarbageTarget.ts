import { expect } from 'vitest';
import { Processes } from '../platform/processes.ts';
import type { TestClient } from '../platform/TestClient.ts';
import { HANGZHOU, openCase, SONGJIANG } from '../sessions/newCounters.ts';
import { allEvents } from './expectNothingLost.ts';

/** Real processes that garbage is thrown at, and what of it was accepted. */
export class GarbageTarget {
	readonly processes: Processes;
	/** Clerk, approver, supervisor, administrator, and somebody who is not signed in. */
	readonly people: readonly TestClient[];
	readonly caseId: string;
	/** Ids of commands in requests that were accepted. */
	readonly accepted = new Set<string>();
	acceptedWrites = 0;
	readonly #pids: (number | undefined)[];

	private constructor(processes: Processes, people: readonly TestClient[], caseId: string) {
		this.processes = processes;
		this.people = people;
		this.caseId = caseId;
		this.#pids = [processes.hub.pid, processes.node?.pid];
	}

	static async start(): Promise<GarbageTarget> {
		const processes = await Processes.start({ hubEnv: { LOG_LEVEL: 'trace' } });
		const clerk = await processes.signIn('clerk', SONGJIANG);
		const people = [
			clerk,
			await processes.signIn('approver', HANGZHOU),
			await processes.signIn('supervisor', HANGZHOU),
			await processes.signIn('administrator', HANGZHOU),
			processes.client(),
		];
		const target = new GarbageTarget(processes, people, await openCase(clerk));
		await target.acceptAll();
		return target;
	}

	/** Whatever stands on the timelines now was asked for in earnest. */
	async acceptAll(): Promise<void> {
		for (const { commandId } of await allEvents(this.processes.registry)) this.accepted.add(commandId);
	}

	close(): Promise<void> {
		return this.processes.close();
	}

	async expectUnharmed(): Promise<void> {
		const { processes, accepted } = this;
		expect([processes.hub.pid, processes.node?.pid]).toEqual(this.#pids);
		expect((await fetch(`${processes.hub.ready.url}/readyz`)).status).toBe(200);
		expect((await fetch(`${processes.node?.ready.signalUrl ?? ''}/healthz`)).status).toBe(200);
		const log = [...processes.hub.log, ...(processes.node?.log ?? [])];
		expect(log.filter((line) => /"level":(50|60)/.test(line)).slice(0, 3)).toEqual([]);
		const events = await allEvents(processes.registry);
		const uninvited = events.filter(({ commandId }) => !accepted.has(commandId.replace(/\+\d+$/, '')));
		const isOfCase = ({ subject }: { subject: string }) => subject.startsWith('case:');
		expect(uninvited.filter((event) => isOfCase(event) && event.actor.kind === 'staff')).toEqual([]);
		expect(uninvited.filter((event) => !isOfCase(event)).length).toBeLessThanOrEqual(this.acceptedWrites);
		expect(Object.getPrototypeOf({})).not.toHaveProperty('isAdmin');
		const secrets = /310117190001010012|13800000000|何清|eyJ[\w-]+\.|counter-hub-test|\$argon2id/;
		expect(log.filter((line) => secrets.test(line)).slice(0, 3)).toEqual([]);
	}
}
