import {
	FACILITY_LIMITS,
	type DeviceKind,
	type DeviceState,
	type Shortfall,
	type SitePlace,
} from '@counter-hub/shared/facilities/facilities.ts';
import { m } from '#paraglide/messages.js';

const PLACES: Record<SitePlace, () => string> = {
	city: m.facilities_place_city,
	county: m.facilities_place_county,
	zone: m.facilities_place_zone,
};
const DEVICES: Record<DeviceKind, () => string> = {
	computer: m.facilities_device_computer,
	printer: m.facilities_device_printer,
	documentCamera: m.facilities_device_documentCamera,
	webcam: m.facilities_device_webcam,
	headset: m.facilities_device_headset,
	scanner: m.facilities_device_scanner,
	desk: m.facilities_device_desk,
	cabinet: m.facilities_device_cabinet,
};
const STATES: Record<DeviceState, () => string> = {
	inUse: m.facilities_state_inUse,
	missing: m.facilities_state_missing,
	broken: m.facilities_state_broken,
};

export const placeName = (place: SitePlace): string => PLACES[place]();
export const deviceName = (device: DeviceKind): string => DEVICES[device]();
export const stateName = (state: DeviceState | null | undefined): string =>
	state ? STATES[state]() : m.facilities_state_unknown();

const SHORTFALLS: Record<Shortfall['kind'], (values: { n: number; device: string; area: number }) => string> =
	{
		noWindow: m.facilities_short_noWindow,
		siteUnknown: m.facilities_short_siteUnknown,
		signMissing: m.facilities_short_signMissing,
		windowUnknown: m.facilities_short_windowUnknown,
		areaUnknown: m.facilities_short_areaUnknown,
		areaSmall: (values) => m.facilities_short_areaSmall({ ...values, least: FACILITY_LIMITS.leastArea }),
		deviceUnknown: m.facilities_short_deviceUnknown,
		deviceMissing: m.facilities_short_deviceMissing,
		deviceBroken: m.facilities_short_deviceBroken,
	};

/** `2号窗口面积 8.5 m²，应不少于 10 m²。` */
export const shortfallText = ({ kind, windowNumber, device, area }: Shortfall): string =>
	SHORTFALLS[kind]({ n: windowNumber ?? 0, device: device ? deviceName(device) : '', area: area ?? 0 });
