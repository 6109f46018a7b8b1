import { recallDevices, rememberDevices, withChoice, type RememberedDevices } from './deviceMemory.ts';
import { findDevice } from './deviceList.ts';
import {
	DeviceError,
	type DeviceInfo,
	type DeviceKind,
	type DeviceRole,
	type DevicesState,
	type MissedChoice,
} from './deviceTypes.ts';

type Lists = Pick<DevicesState, 'cameras' | 'microphones' | 'speakers'>;

/** What was chosen on this PC for each role, looked up among what is plugged in. */
export class Choices {
	readonly #lists: () => Lists;
	readonly #changed: () => void;
	#memory = recallDevices();

	constructor(lists: () => Lists, changed: () => void) {
		this.#lists = lists;
		this.#changed = changed;
	}

	get memory(): RememberedDevices {
		return this.#memory;
	}

	get ids(): DevicesState['chosen'] {
		const { camera, microphone, speaker, document } = this.#memory;
		return { camera, microphone, speaker, document };
	}

	remember(memory: RememberedDevices): void {
		if (JSON.stringify(memory) === JSON.stringify(this.#memory)) return;
		this.#memory = memory;
		rememberDevices(memory);
		this.#changed();
	}

	/** Returns the name of the chosen one, and how to undo it. */
	choose(role: DeviceRole, id: string | null): { label: string; undo: () => void } {
		const before = this.#memory;
		const label = this.#listOf(role).find((one) => one.id === id)?.label ?? '';
		this.remember(withChoice(before, role, id === null ? null : { id, label }));
		return { label, undo: () => this.remember(before) };
	}

	/** A camera that serves a role is that role's until another is chosen. */
	rememberUse(kind: 'camera' | 'document', id: string): void {
		this.remember({ ...this.#memory, used: { ...this.#memory.used, [kind]: id } });
	}

	/** The chosen device where it is plugged in. */
	chosen(role: DeviceRole): DeviceInfo | null {
		const id = this.#memory[role];
		return id === null ? null : this.find(role, { id, label: this.#memory.labels[role] ?? '' });
	}

	/** A device of this role where it is plugged in now; two cameras of one make are not taken for each other. */
	find(role: DeviceRole, wanted: DeviceInfo): DeviceInfo | null {
		const { document, camera, used } = this.#memory;
		const others =
			role === 'camera' ? [document, used.document] : role === 'document' ? [camera, used.camera] : [];
		const list = this.#listOf(role).filter(({ id }) => id === wanted.id || !others.includes(id));
		return findDevice(list, wanted);
	}

	/** What was chosen and is not plugged in. */
	unplugged(kind: DeviceKind): MissedChoice | null {
		if (this.#memory[kind] === null || this.chosen(kind)) return null;
		return { label: this.#memory.labels[kind] ?? '', code: new DeviceError('unplugged', kind).code };
	}

	/** Null for the browser's default, also while the chosen one is not plugged in. */
	get speaker(): string | null {
		const isNamed = this.#lists().speakers.some(({ id }) => id !== '');
		return isNamed ? (this.chosen('speaker')?.id ?? null) : this.#memory.speaker;
	}

	#listOf(role: DeviceRole): readonly DeviceInfo[] {
		const { cameras, microphones, speakers } = this.#lists();
		return { camera: cameras, document: cameras, microphone: microphones, speaker: speakers }[role];
	}
}
