import {
	deviceKind,
	type Device,
	type Devices,
	type DeviceState,
} from '@counter-hub/shared/facilities/facilities.ts';

/** One device of each kind, all in the same state. */
export function devicesIn(state: DeviceState): Devices & Record<keyof Devices, Device> {
	const device: Device = { state, model: '型号', serial: 'SN-1', note: '' };
	return Object.fromEntries(deviceKind.options.map((kind) => [kind, device])) as Record<
		keyof Devices,
		Device
	>;
}
