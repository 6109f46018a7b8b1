import {
	deviceKind,
	FACILITY_LIMITS,
	type CounterFacilities,
	type Device,
	type DeviceKind,
	type DeviceState,
	type Devices,
} from '@counter-hub/shared/facilities/facilities.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { CommandId } from '#platform/CommandId.ts';
import { facilitiesApi } from './facilitiesApi.ts';

type SavedWindow = CounterFacilities['windows'][number];
/** A device as it is typed; without a state nobody has looked. */
interface Row extends Omit<Device, 'state'> {
	state: DeviceState | '';
}

/** Working space and devices of one window while they are edited. */
export class WindowForm {
	/** In m², as it is typed; empty while nobody has measured. */
	area = $state('');
	devices = $state() as Record<DeviceKind, Row>;
	busy = $state(false);
	problem = $state.raw<ApiProblem | null>(null);
	/** As it is recorded. */
	saved = $state.raw() as SavedWindow;
	readonly #app: App;
	readonly #counterId: string;
	readonly #command = new CommandId();

	constructor(app: App, counterId: string, saved: SavedWindow) {
		this.#app = app;
		this.#counterId = counterId;
		this.saved = saved;
		this.reset();
	}

	/** Undefined where what was typed is none. */
	readonly #measured = $derived.by(() => {
		const typed = this.area.normalize('NFKC').trim();
		if (typed === '') return null;
		const area = /^\d{1,4}(?:\.\d)?$/.test(typed) ? Number(typed) : 0;
		return area > 0 && area <= FACILITY_LIMITS.mostArea ? area : undefined;
	});
	readonly isAreaWrong = $derived(this.#measured === undefined);
	readonly isSmall = $derived(
		typeof this.#measured === 'number' && this.#measured < FACILITY_LIMITS.leastArea,
	);
	readonly #rows = $derived(rowsOf(this.saved));
	readonly changed = $derived(
		this.area !== areaText(this.saved) || JSON.stringify(this.devices) !== JSON.stringify(this.#rows),
	);

	/** Back to what is recorded. */
	reset(): void {
		this.area = areaText(this.saved);
		this.devices = structuredClone($state.snapshot(this.#rows));
		this.problem = null;
	}

	/** Whatever nobody has looked at is in use from now on. */
	useAll(): void {
		for (const kind of deviceKind.options)
			if (this.devices[kind].state === '') this.devices[kind].state = 'inUse';
	}

	/** @returns the counter with what was recorded, or null when something is to be corrected first */
	async submit(): Promise<CounterFacilities | null> {
		const area = this.#measured;
		if (this.busy || area === undefined) return null;
		this.busy = true;
		this.problem = null;
		const content = { version: this.saved.version, area, devices: devicesOf($state.snapshot(this.devices)) };
		const { windowId } = this.saved;
		try {
			const commandId = this.#command.of(JSON.stringify(content));
			const body = { commandId, ...content };
			return await facilitiesApi.recordWindow(this.#app.api, this.#counterId, windowId, body);
		} catch (error) {
			this.problem = ApiProblem.from(error);
			return null;
		} finally {
			this.busy = false;
		}
	}
}

const areaText = ({ record }: SavedWindow) => record?.area?.toString() ?? '';

const rowsOf = ({ record }: SavedWindow) =>
	Object.fromEntries(
		deviceKind.options.map((kind) => [
			kind,
			record?.devices[kind] ?? { state: '', model: '', serial: '', note: '' },
		]),
	) as Record<DeviceKind, Row>;

const devicesOf = (rows: Record<DeviceKind, Row>) =>
	Object.fromEntries(
		deviceKind.options.map((kind) => {
			const { state, ...texts } = rows[kind];
			return [kind, state === '' ? null : { state, ...texts }];
		}),
	) as Devices;
