import { z } from 'zod';
import { localDate } from '../calendar/localDate.ts';
import { cityCode } from '../cities/cities.ts';
import { freeText } from '../codes/freeText.ts';
import { commandId, counterId, windowId } from '../ids/ids.ts';

export const FACILITY_LIMITS = {
	/** m² of working space that a window has at least (S5.1 场所要求). */
	leastArea: 10,
	mostArea: 1_000,
	modelLength: 60,
	serialLength: 60,
	noteLength: 120,
} as const;

/** Where a counter stands 设置地点: at the city's own centre 市本级, in a county or district 县（市）区, in a development zone 开发区. */
export const sitePlace = z.enum(['city', 'county', 'zone']).meta({ id: 'SitePlace' });
export type SitePlace = z.infer<typeof sitePlace>;

/** The counter as such: where it stands, and whether it shows the unified sign 统一标志, when somebody looked. */
export const site = z
	.object({
		place: sitePlace,
		sign: z.object({ shown: z.boolean(), lookedAt: localDate }),
	})
	.meta({ id: 'Site' });
export type Site = z.infer<typeof site>;

/** 电脑 · 打印机 · 高拍仪 · 高清网络摄像头 · 耳麦 · 扫码枪 · 办公桌椅 · 档案柜 (S5.2a) */
export const deviceKind = z
	.enum(['computer', 'printer', 'documentCamera', 'webcam', 'headset', 'scanner', 'desk', 'cabinet'])
	.meta({ id: 'DeviceKind' });
export type DeviceKind = z.infer<typeof deviceKind>;

/** 在用 · 缺少 · 损坏 */
export const deviceState = z.enum(['inUse', 'missing', 'broken']).meta({ id: 'DeviceState' });
export type DeviceState = z.infer<typeof deviceState>;

const device = z
	.object({ state: deviceState, model: z.string(), serial: z.string(), note: z.string() })
	.meta({ id: 'Device' });
export type Device = z.infer<typeof device>;
/** One of each kind; null as long as nobody has looked. */
const devices = z.record(deviceKind, device.nullable());
export type Devices = z.infer<typeof devices>;

const area = z
	.number()
	.positive()
	.max(FACILITY_LIMITS.mostArea)
	.multipleOf(0.1)
	.describe('m² of working space, to a tenth');

/** A window: its working space, null as long as nobody has measured, and its devices. */
export const windowFacilities = z.object({ area: area.nullable(), devices }).meta({ id: 'WindowFacilities' });
export type WindowFacilities = z.infer<typeof windowFacilities>;

/** In what a counter falls short of the standard, or what nobody has recorded yet. */
const shortfall = z
	.object({
		kind: z.enum([
			'noWindow',
			'siteUnknown',
			'signMissing',
			'windowUnknown',
			'areaUnknown',
			'areaSmall',
			'deviceUnknown',
			'deviceMissing',
			'deviceBroken',
		]),
		/** Of what concerns a window. */
		windowNumber: z.int().nullable(),
		device: deviceKind.nullable(),
		/** Of a window that is too small, in m². */
		area: z.number().nullable(),
	})
	.meta({ id: 'Shortfall' });
export type Shortfall = z.infer<typeof shortfall>;

/** The facilities of one counter. Each part has a version of its own, 0 while nobody has recorded it. */
export const counterFacilities = z
	.object({
		counterId,
		cityCode,
		name: z.string(),
		site: z.object({ version: z.int(), record: site.nullable() }),
		windows: z.array(
			z.object({
				windowId,
				number: z.int(),
				open: z.boolean(),
				version: z.int(),
				record: windowFacilities.nullable(),
			}),
		),
		shortfalls: z.array(shortfall),
	})
	.meta({ id: 'CounterFacilities' });
export type CounterFacilities = z.infer<typeof counterFacilities>;
export const facilitiesView = z.object({ counters: z.array(counterFacilities) }).meta({ id: 'Facilities' });

/** `version`: the one last read of the part that is recorded. */
const change = { commandId, version: z.int().min(0) };

export const recordSiteBody = z.strictObject({
	...change,
	place: sitePlace,
	sign: z.strictObject({ shown: z.boolean(), lookedAt: localDate }),
});
export type RecordSiteBody = z.infer<typeof recordSiteBody>;

export const recordWindowBody = z.strictObject({
	...change,
	area: area.nullable(),
	devices: z.record(
		deviceKind,
		z
			.strictObject({
				state: deviceState,
				model: freeText(0, FACILITY_LIMITS.modelLength),
				serial: freeText(0, FACILITY_LIMITS.serialLength),
				note: freeText(0, FACILITY_LIMITS.noteLength),
			})
			.nullable(),
	),
});
export type RecordWindowBody = z.infer<typeof recordWindowBody>;
