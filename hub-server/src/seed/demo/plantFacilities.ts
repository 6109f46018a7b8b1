import { addDays } from '@counter-hub/shared/calendar/localDate.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { cityOf, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import { FIRST_CITIES } from '@counter-hub/shared/cities/firstCities.ts';
import type { Device, DeviceKind, Devices } from '@counter-hub/shared/facilities/facilities.ts';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import { places } from '../../features/counters/Places.ts';
import { facilitiesProjection } from '../../features/facilities/facilitiesProjection.ts';
import { timeline } from '../../features/timeline/timeline.ts';
import type { HubContext } from '../../HubContext.ts';
import { seededCounterId } from '../counters.ts';
import { stableId } from '../stableId.ts';

const actor: EventActor = { kind: 'system', by: 'hub' };

const MODELS: Record<DeviceKind, string> = {
	computer: '联想 启天 M455',
	printer: '惠普 LaserJet Pro 4004dn',
	documentCamera: '良田 S1800A3',
	webcam: '罗技 C930e',
	headset: '缤特力 BW3225',
	scanner: '霍尼韦尔 1900GHD',
	desk: '1.6 米办公桌、升降椅',
	cabinet: '六门铁皮文件柜',
};
const LETTERS: Partial<Record<DeviceKind, string>> = {
	computer: 'PC',
	printer: 'PR',
	documentCamera: 'DC',
	webcam: 'WC',
	headset: 'HS',
	scanner: 'SC',
};

/** The one counter of the demo that falls short: a window that is too small and wants devices. */
const SHORT: { city: CityCode; number: number; area: number; devices: Partial<Record<DeviceKind, Device>> } =
	{
		city: '340200',
		number: 2,
		area: 8.5,
		devices: {
			printer: { state: 'broken', model: MODELS.printer, serial: 'WH2-PR-01', note: '反复卡纸，已报修' },
			headset: { state: 'missing', model: '', serial: '', note: '已申请采购' },
		},
	};

/**
 * Records the facilities of the demo's counters; one of them falls short. What somebody has recorded already, or an
 * earlier run has, stays as it is.
 */
export async function plantFacilities(hub: HubContext): Promise<void> {
	for (const { code } of FIRST_CITIES) {
		const counterId = seededCounterId(code);
		const counter = await places(hub).counter(counterId);
		if (!counter) continue;
		await plantSite(hub, counterId, code);
		for (const { id, number } of counter.windows) await plantWindow(hub, counterId, code, { id, number });
	}
}

async function plantSite(hub: HubContext, counterId: string, city: CityCode): Promise<void> {
	const lookedAt = addDays(shanghaiDate(hub.now()), -18);
	// 松江 is a district; the other centres are those of their cities.
	const data = { place: city === '310117' ? 'county' : 'city', sign: { shown: true, lookedAt } } as const;
	await timeline(hub).append({
		subject: `counter:${counterId}`,
		commandId: stableId(`facilities/${city}/site`),
		reads: [facilitiesProjection],
		decide: (view) =>
			view.state(facilitiesProjection)?.site ? [] : [{ type: 'facilities.siteRecorded', data, actor }],
	});
}

async function plantWindow(
	hub: HubContext,
	counterId: string,
	city: CityCode,
	{ id, number }: { id: string; number: number },
): Promise<void> {
	const isShort = city === SHORT.city && number === SHORT.number;
	const devices = { ...devicesOf(city, number), ...(isShort && SHORT.devices) };
	const data = { windowId: id, area: isShort ? SHORT.area : 12.5 - number * 0.5, devices };
	await timeline(hub).append({
		subject: `counter:${counterId}`,
		commandId: stableId(`facilities/${city}/window/${id}`),
		reads: [facilitiesProjection],
		decide: (view) =>
			view.state(facilitiesProjection)?.windows[id]
				? []
				: [{ type: 'facilities.windowRecorded', data, actor }],
	});
}

function devicesOf(city: CityCode, number: number): Devices {
	const device = (kind: DeviceKind): Device => {
		const letters = LETTERS[kind];
		const serial = letters === undefined ? '' : `${cityOf(city).letters}${number}-${letters}-01`;
		return { state: 'inUse', model: MODELS[kind], serial, note: '' };
	};
	return {
		computer: device('computer'),
		printer: device('printer'),
		documentCamera: device('documentCamera'),
		webcam: device('webcam'),
		headset: device('headset'),
		scanner: device('scanner'),
		desk: device('desk'),
		cabinet: device('cabinet'),
	};
}
