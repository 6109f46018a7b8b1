import { z } from 'zod';
import type { DeviceRole } from './deviceTypes.ts';

const STORAGE_KEY = 'counter-hub.devices';

const id = z.string().nullable().catch(null);
const remembered = z.object({
	camera: id,
	microphone: id,
	speaker: id,
	document: id,
	/** Names of what was chosen: a device in another socket may come back under another id. */
	labels: z.partialRecord(z.enum(['camera', 'microphone', 'speaker', 'document']), z.string()).catch({}),
	/** Cameras that each role used last, chosen or not: the other role leaves them alone. */
	used: z.object({ camera: id, document: id }).catch({ camera: null, document: null }),
});
/** What this PC remembers of its devices. */
export type RememberedDevices = z.infer<typeof remembered>;

const NOTHING = remembered.parse({});

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

/** With a device chosen for one role. A camera serves one role at a time: the other forgets it. */
export function withChoice(
	before: RememberedDevices,
	role: DeviceRole,
	chosen: { readonly id: string; readonly label: string } | null,
): RememberedDevices {
	const { [role]: _label, ...labels } = before.labels;
	const after = {
		...before,
		[role]: chosen?.id ?? null,
		labels: chosen ? { ...labels, [role]: chosen.label } : labels,
	};
	if (!chosen || (role !== 'camera' && role !== 'document')) return after;
	const other = role === 'camera' ? 'document' : 'camera';
	if (after[other] === chosen.id) after[other] = null;
	// Whoever gives way gets in exchange what this role leaves.
	const others = before.used[other] === chosen.id ? before.used[role] : before.used[other];
	after.used = { ...before.used, [role]: chosen.id, [other]: others };
	return after;
}
