import type { Connection } from 'mongoose';
import { findCity, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import { counterModel, type CounterRecord } from '../features/counters/Counter.model.ts';
import { stableId } from './stableId.ts';

const PLACES: [
	code: CityCode,
	centre: string,
	body: string,
	person: string,
	address: string,
	phone: string,
	windows: number,
][] = [
	[
		'310117',
		'松江区政务服务中心',
		'松江区行政服务中心管理办公室',
		'沈国平',
		'松江区乐都西路867号',
		'021-37730017',
		3,
	],
	[
		'330400',
		'嘉兴市政务服务中心',
		'嘉兴市政务服务和数据资源管理办公室',
		'陆文彬',
		'南湖区广益路883号',
		'0573-82150004',
		2,
	],
	[
		'330100',
		'杭州市行政服务中心',
		'杭州市审批服务管理办公室',
		'俞敏',
		'上城区解放东路18号',
		'0571-85080001',
		3,
	],
	[
		'330700',
		'金华市行政服务中心',
		'金华市政务服务管理办公室',
		'楼建明',
		'婺城区双龙南街858号',
		'0579-82460007',
		2,
	],
	['320500', '苏州市政务服务中心', '苏州市行政审批局', '顾晓峰', '姑苏区平泷路251号', '0512-69820005', 3],
	[
		'330500',
		'湖州市政务服务中心',
		'湖州市政务服务管理办公室',
		'费明华',
		'吴兴区金盖山路66号',
		'0572-22030005',
		2,
	],
	[
		'341800',
		'宣城市政务服务中心',
		'宣城市数据资源管理局',
		'汪学军',
		'宣州区宛陵湖路31号',
		'0563-30220018',
		2,
	],
	['340200', '芜湖市政务服务中心', '芜湖市数据资源管理局', '陶志刚', '鸠江区瑞祥路88号', '0553-39220002', 2],
	['340100', '合肥市政务服务中心', '合肥市数据资源管理局', '程海燕', '蜀山区东流路100号', '0551-65230001', 3],
];

/** The counter of a city in seeded data. */
export const seededCounterId = (city: CityCode) => stableId(`counter/${city}`);
export const seededWindowId = (city: CityCode, number: number) => stableId(`window/${city}/${number}`);

/**
 * The centres of those of the nine cities that are registered, each with one counter and its windows. Counters that exist
 * already stay as they are.
 */
export async function plantCounters(connection: Connection): Promise<void> {
	const records = PLACES.flatMap(
		([cityCode, centreName, managingBody, managingPerson, address, phone, windows]) => {
			const city = findCity(cityCode);
			if (!city) return [];
			return {
				_id: seededCounterId(cityCode),
				cityCode,
				name: `${city.zh}专窗`,
				centreName,
				managingBody,
				managingPerson,
				address,
				phone,
				windows: Array.from({ length: windows }, (_, index) => ({
					_id: seededWindowId(cityCode, index + 1),
					number: index + 1,
					open: true,
					version: 1,
				})),
				version: 1,
				pendingActs: [],
			};
		},
	) satisfies CounterRecord[];
	if (records.length === 0) return;
	await counterModel(connection).bulkWrite(
		records.map(({ _id, ...record }) => ({
			updateOne: { filter: { _id }, update: { $setOnInsert: record }, upsert: true },
		})),
	);
}
