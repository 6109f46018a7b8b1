import { mediaDevices } from './capture.ts';
import type { DeviceInfo, DevicesState } from './deviceTypes.ts';

type Lists = Pick<DevicesState, 'cameras' | 'microphones' | 'speakers'>;

/** What is plugged in now; labels and ids are empty until the browser has been allowed to use one of the kind. */
export async function listDevices(): Promise<Lists> {
	const all = (await mediaDevices()?.enumerateDevices()) ?? [];
	const of = (kind: MediaDeviceKind) => all.filter((device) => device.kind === kind).map(describe);
	return { cameras: of('videoinput'), microphones: of('audioinput'), speakers: of('audiooutput') };
}

/** The same device, by its id or, in another socket, by a name that only one has. */
export function findDevice(list: readonly DeviceInfo[], wanted: DeviceInfo): DeviceInfo | null {
	const known = list.find(({ id }) => id === wanted.id);
	if (known || wanted.label === '') return known ?? null;
	const [named, another] = list.filter(({ label }) => label === wanted.label);
	return named && !another ? named : null;
}

function describe(device: MediaDeviceInfo): DeviceInfo {
	const { deviceId, label, groupId } = device;
	const { width, height } = capabilities(device);
	const most = width?.max && height?.max ? { width: width.max, height: height.max } : null;
	return { id: deviceId, label, group: groupId, ...(most && { most }) };
}

/** Cameras say what they can without being opened. */
function capabilities(device: MediaDeviceInfo): MediaTrackCapabilities {
	try {
		return (device as InputDeviceInfo).getCapabilities();
	} catch {
		// Some browsers do not say.
		return {};
	}
}
