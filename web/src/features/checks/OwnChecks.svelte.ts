import {
	isChecked,
	nodeLoop,
	ownCheck,
	windowCheck,
	type OwnCheck,
	type WindowCheck,
} from '@counter-hub/shared/checks/checks.ts';
import type { CheckFinding, CheckItem } from '@counter-hub/shared/checks/items.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import { createContext } from 'svelte';
import type { Devices } from '#features/media/Devices.ts';
import type { LinkDuty } from '#features/links/LinkDuty.svelte.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { measureNodePath } from './nodePath.ts';

/** Real packets for so long, by UDP; the substitute only has to work. */
const SECONDS = { udp: 5, tcp: 2 } as const;

/** 开班检查 of the window that this PC stands at, today. When nothing needed is missing, the window may be measured. */
export class OwnChecks {
	readonly devices: Devices;
	readonly #app: App;
	readonly #duty: LinkDuty;
	#stops: (() => void)[] = [];
	#own = $state.raw<OwnCheck | null>(null);
	/** Why it could not be read, or the last finding was not taken. */
	problem = $state.raw<ApiProblem | null>(null);
	/** Items that are being looked at. */
	busy = $state.raw<ReadonlySet<CheckItem>>(new Set());

	readonly windowId = $derived.by(() => this.#app.signIn.me?.window?.id ?? null);
	readonly check = $derived(this.#own?.check?.windowId === this.windowId ? this.#own.check : null);
	readonly minimum = $derived(this.#own?.minimum ?? null);
	readonly loaded = $derived(this.#own !== null);
	readonly done = $derived(this.check !== null && isChecked(this.check.items));

	constructor(app: App, devices: Devices, duty: LinkDuty) {
		this.#app = app;
		this.devices = devices;
		this.#duty = duty;
	}

	start(): void {
		const { hub } = this.#app;
		this.#stops = [
			hub.on('check:changed', (check) => this.#take(check)),
			hub.onConnect(() => void this.read()),
		];
	}

	stop(): void {
		for (const stop of this.#stops) stop();
		this.#stops = [];
	}

	/** The check of the window, as the hub has it. */
	async read(windowId: string | null = this.windowId): Promise<void> {
		if (windowId === null) {
			this.#own = null;
			this.#duty.offer(false);
			return;
		}
		try {
			const own = await this.#app.api.get('/checks/own', ownCheck, { query: { windowId } });
			if (windowId !== this.windowId) return;
			this.#own = own;
			this.problem = null;
			this.#duty.offer(this.done);
		} catch (error) {
			this.problem = ApiProblem.from(error);
		}
	}

	/** Puts on record what was found of one item. Returns whether it was taken. */
	async report(found: CheckFinding): Promise<boolean> {
		const { windowId } = this;
		if (windowId === null) return false;
		return this.#during(found.item, async () => {
			const body = { commandId: newId(), windowId, found };
			this.#take(
				await this.#app.api.command({ method: 'POST', path: '/checks/items', body, answer: windowCheck }),
			);
		});
	}

	/** L2: UDP, then TCP. */
	async measureNode(): Promise<boolean> {
		return this.#during('node', async () => {
			const open = () => this.#app.api.send({ method: 'POST', path: '/checks/node-loop', answer: nodeLoop });
			const udp = await measureNodePath(await open(), 'udp', this.devices, SECONDS.udp);
			const tcp = await measureNodePath(await open(), 'tcp', this.devices, SECONDS.tcp);
			await this.report({ item: 'node', udp, tcp });
		});
	}

	async #during(item: CheckItem, work: () => Promise<void>): Promise<boolean> {
		this.busy = new Set([...this.busy, item]);
		try {
			await work();
			this.problem = null;
			return true;
		} catch (error) {
			this.problem = ApiProblem.from(error);
			return false;
		} finally {
			this.busy = new Set([...this.busy].filter((one) => one !== item));
		}
	}

	#take(check: WindowCheck): void {
		const own = this.#own;
		if (!own || check.windowId !== this.windowId || check.date < own.date) return;
		if (own.check && own.check.date === check.date && own.check.version > check.version) return;
		this.#own = { ...own, date: check.date, check };
		this.#duty.offer(this.done);
	}
}

export const [getOwnChecks, setOwnChecks] = createContext<OwnChecks>();
