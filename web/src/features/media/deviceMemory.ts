import { z } from 'zod';

const STORAGE_KEY = 'counter-hub.devices';

const remembered = z.object({
	camera: z.string().nullable().catch(null),
	microphone: z.string().nullable().catch(null),
	speaker: z.string().nullable().catch(null),
	document: z.string().nullable().catch(null),
});
/** Device ids chosen on this PC. */
export type RememberedDevices = z.infer<typeof remembered>;

const NOTHING: RememberedDevices = { camera: null, microphone: null, speaker: null, document: null };

export function recallDevices(): RememberedDevices {
	try {
		return remembered.parse(JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}'));
	} catch {
		return NOTHING;
	}
}

export function rememberDevices(devices: RememberedDevices): void {
	try {
		localStorage.setItem(STORAGE_KEY, JSON.stringify(devices));
	} catch {
		// Storage may be full or forbidden; the choice then lasts until the page closes.
	}
}
