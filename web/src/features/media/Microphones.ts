import { capture } from './capture.ts';
import type { Choices } from './Choices.ts';
import { toDeviceError } from './deviceErrors.ts';
import type { DeviceInfo, MissedChoice } from './deviceTypes.ts';
import type { Opened } from './Hardware.ts';

interface MicrophonesContext {
	readonly choices: Choices;
	/** Plugged in now. */
	readonly list: () => readonly DeviceInfo[];
	/** Reads that list anew. */
	readonly relist: () => Promise<void>;
	/** Something is open already, and stays if the chosen one cannot be had. */
	readonly isOpen: () => boolean;
	/** Which choice could not be met; null when it was, or when there is none. */
	readonly missed: (missed: MissedChoice | null) => void;
}

/** Opens the microphone that was chosen, or another: the voice matters more than which one carries it. */
export class Microphones {
	readonly #context: MicrophonesContext;
	/** What the open one's entry in the list meant when it was opened. */
	#stoodFor = '';

	constructor(context: MicrophonesContext) {
		this.#context = context;
	}

	/** Throws DeviceError. */
	async open(): Promise<Opened> {
		const { choices, list, relist, isOpen } = this.#context;
		if (list().length === 0) await relist();
		const chosen = choices.chosen('microphone');
		if (!chosen) return await this.#any(choices.unplugged('microphone'));
		try {
			return await this.#opened(await capture('microphone', chosen), null);
		} catch (error) {
			const problem = toDeviceError(error, 'microphone');
			if (!problem.passes || isOpen()) throw problem;
			return await this.#any({ label: chosen.label, code: problem.code });
		}
	}

	/** The entry of the open one, for example the browser's `default`, means another microphone now. */
	hasMoved(open: DeviceInfo): boolean {
		const now = this.#context.list().find(({ id }) => id === open.id);
		return now !== undefined && standsFor(now) !== this.#stoodFor;
	}

	async #any(missed: MissedChoice | null): Promise<Opened> {
		return await this.#opened(await capture('microphone', null), missed);
	}

	async #opened(track: MediaStreamTrack, missed: MissedChoice | null): Promise<Opened> {
		const { list, relist } = this.#context;
		// Browsers name devices only once one was opened.
		if (list().some(({ label }) => label === '')) await relist();
		this.#context.missed(missed);
		const id = track.getSettings().deviceId ?? '';
		const device = list().find((one) => one.id === id) ?? { id, label: track.label };
		this.#stoodFor = standsFor(device);
		return { track, device };
	}
}

/** Which device an entry of the list means at the moment. */
const standsFor = ({ label, group = '' }: DeviceInfo): string => `${group} ${label}`;
