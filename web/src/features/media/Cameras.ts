import { camerasFor, camerasForPapers, type CameraUse } from './cameraRoles.ts';
import { capture } from './capture.ts';
import type { Choices } from './Choices.ts';
import { toDeviceError } from './deviceErrors.ts';
import { DeviceError, type DeviceInfo } from './deviceTypes.ts';
import type { Opened } from './Hardware.ts';
import { givesPictures } from './trackWatch.ts';

export type CameraRole = 'camera' | 'document';
interface CamerasContext {
	readonly choices: Choices;
	/** Plugged in now. */
	readonly list: () => readonly DeviceInfo[];
	/** Reads that list anew. */
	readonly relist: () => Promise<void>;
	/** Open for the role now; `last`: or until it was pulled. */
	readonly of: (role: CameraRole) => { device: DeviceInfo | null; last: DeviceInfo | null };
}

/** Opens for the person and for the papers the camera that each should have. */
export class Cameras {
	readonly #context: CamerasContext;
	/** Being opened for a role, so that the other does not take it. */
	readonly #opening = new Map<CameraRole, string>();
	#naming: Promise<void> | null = null;

	constructor(context: CamerasContext) {
		this.#context = context;
	}

	/** Throws DeviceError. Cameras that nobody has chosen or used are tried one after the other. */
	async open(role: CameraRole): Promise<Opened> {
		const { choices, list, relist } = this.#context;
		if (list().length === 0) await relist();
		await this.#learn(role);
		const proven = [choices.chosen(role)?.id, choices.memory.used[role]];
		for (const device of this.#candidates(role)) {
			this.#opening.set(role, device.id);
			try {
				const track = await capture(role, device);
				if (proven.includes(device.id) || (await givesPictures(track))) {
					choices.rememberUse(role, device.id);
					return { track, device };
				}
				track.stop();
			} finally {
				this.#opening.delete(role);
			}
		}
		throw new DeviceError(choices.unplugged(role) ? 'unplugged' : 'noCamera', role);
	}

	#candidates(role: CameraRole): DeviceInfo[] {
		const { choices, list, of } = this.#context;
		const { last } = of(role);
		if (last && !choices.chosen(role)) {
			// Pulled in use, it is waited for: nothing takes its place unasked.
			const back = choices.find(role, last);
			if (!back) throw new DeviceError('unplugged', role);
			return [back];
		}
		const [person, papers] = [this.#use('camera'), this.#use('document')];
		return role === 'camera' ? camerasFor(list(), person, papers) : camerasForPapers(list(), papers, person);
	}

	#use(role: CameraRole): CameraUse {
		const { choices, of } = this.#context;
		return {
			chosen: choices.chosen(role)?.id ?? choices.ids[role],
			used: choices.memory.used[role],
			using: this.#opening.get(role) ?? of(role).device?.id ?? null,
		};
	}

	/** Browsers name cameras only with a permission; this asks for it, once for both roles. */
	async #learn(role: CameraRole): Promise<void> {
		const { list, relist } = this.#context;
		const areNamed = () => list().some(({ id }) => id !== '');
		if (areNamed() || list().length === 0) return;
		this.#naming ??= capture(role, null)
			.then((track) => track.stop())
			.finally(() => (this.#naming = null));
		const failed: unknown = await this.#naming.then(
			() => null,
			(error: unknown) => error,
		);
		await relist();
		if (failed !== null && !areNamed()) throw toDeviceError(failed, role);
	}
}
