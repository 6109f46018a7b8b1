import type { Connection } from 'mongoose';
import { CITIES, cityOf, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import { FIRST_CITIES } from '@counter-hub/shared/cities/firstCities.ts';
import type { Role } from '@counter-hub/shared/people/people.ts';
import { hashPassword, newOneTimePassword } from '../features/auth/passwords.ts';
import { staffModel, staffSearch, type StaffRecord } from '../features/people/Staff.model.ts';
import { seededCounterId } from './counters.ts';
import { stableId } from './stableId.ts';

/** A demo person: who, and in which post. */
export interface DemoPerson {
	id: string;
	name: string;
	displayName: string;
	role: Role;
	cities: CityCode[];
	counterId: string | null;
}
/** One line of the list of sign-ins that the starter prints; `city` in Chinese, `name` as typed. */
export interface DemoSignIn {
	city: string;
	role: Role;
	name: string;
	password: string;
}

/** Two clerks and two approvers a city, in the order of posts A and B; some cities have a supervisor of their own. */
const PEOPLE: Readonly<
	Record<CityCode, { clerks: [string, string]; approvers: [string, string]; supervisor?: string }>
> = {
	'310117': { clerks: ['陈静', '顾彤'], approvers: ['沈悦', '徐立'], supervisor: '黄海波' },
	'330400': { clerks: ['周岚', '沈佳'], approvers: ['陆鸣', '姚倩'] },
	'330100': { clerks: ['何雯', '韩露'], approvers: ['许文', '俞洁'], supervisor: '来国强' },
	'330700': { clerks: ['方越', '楼雪'], approvers: ['金晖', '童瑶'] },
	'320500': { clerks: ['钱昕', '顾盼'], approvers: ['陆舟', '吴敏'], supervisor: '朱明远' },
	'330500': { clerks: ['费宁', '沈涛'], approvers: ['钮欣', '潘越'] },
	'341800': { clerks: ['江可', '汪洋'], approvers: ['梅琳', '章程'] },
	'340200': { clerks: ['吴桐', '陶然'], approvers: ['鲁青', '丁薇'] },
	'340100': { clerks: ['程晨', '杨帆'], approvers: ['宋雅', '李想'], supervisor: '方志远' },
};
const ALL_CITIES = FIRST_CITIES.map(({ code }) => code);

/** Everybody of the demo; the two people of a first call come first. */
const DEMO_PEOPLE: readonly DemoPerson[] = sorted([
	...Object.entries(PEOPLE).flatMap(([city, { clerks, approvers, supervisor }]) => {
		return [
			...clerks.map((displayName, i) => person(`${city}-020${i + 3}`, displayName, 'clerk', [city])),
			...approvers.map((displayName, i) => person(`${city}-030${i + 1}`, displayName, 'approver', [city])),
			...(supervisor === undefined ? [] : [person(`${city}-0101`, supervisor, 'supervisor', [city])]),
		];
	}),
	person('g60-0101', '严正平', 'supervisor', ALL_CITIES),
	person('g60-0001', '高翔', 'administrator', ALL_CITIES),
]);

function person(name: string, displayName: string, role: Role, cities: CityCode[]): DemoPerson {
	const [city] = cities;
	const atCounter = city !== undefined && (role === 'clerk' || role === 'approver');
	return {
		id: stableId(`staff/${name}`),
		name,
		displayName,
		role,
		cities: [...cities].sort(),
		counterId: atCounter ? seededCounterId(city) : null,
	};
}

function sorted(people: DemoPerson[]): DemoPerson[] {
	const first = ['310117-0203', '330100-0301'];
	const rank = ({ name }: DemoPerson) => (first.indexOf(name) + first.length + 1) % (first.length + 1);
	return people.sort((a, b) => rank(a) - rank(b));
}

/** A demo person by city, role and place in the list. */
export function demoPerson(city: CityCode, role: Role, index = 0): DemoPerson {
	const found = DEMO_PEOPLE.filter((p) => p.role === role && p.cities.length === 1 && p.cities[0] === city)[
		index
	];
	if (!found) throw new RangeError(`no ${role} ${index} in ${city}`);
	return found;
}

/** Registers the demo's people; whoever exists already keeps everything but the password. */
export async function plantStaff(
	connection: Connection,
	passwordOf: () => string,
	now: Date,
): Promise<DemoSignIn[]> {
	const hashes = new Map<string, Promise<string>>();
	const withPasswords = await Promise.all(
		DEMO_PEOPLE.map(async (member) => {
			const password = passwordOf();
			const hash = hashes.get(password) ?? hashPassword(password);
			hashes.set(password, hash);
			return { member, password, passwordHash: await hash };
		}),
	);
	await staffModel(connection).bulkWrite(
		withPasswords.map(({ member: { id, ...post }, passwordHash }) => ({
			updateOne: {
				filter: { _id: id },
				update: {
					$set: { passwordHash, mustChangePassword: false },
					$setOnInsert: {
						...post,
						search: staffSearch(post),
						disabled: false,
						lastSignInAt: null,
						demo: true,
						version: 1,
						createdAt: now,
						changedAt: now,
						pendingActs: [],
					},
				},
				upsert: true,
			},
		})),
	);
	return withPasswords.map(({ member, password }) => ({
		city: member.cities.length === 1 ? cityOf(member.cities[0] ?? '310117').zh : '九城',
		role: member.role,
		name: member.name,
		password,
	}));
}

/**
 * A first administrator of all cities with a one-time password, where nobody is registered yet.
 * @returns the sign-in, or null when there are people already
 */
export async function plantFirstAdministrator(connection: Connection, now: Date): Promise<DemoSignIn | null> {
	const staff = staffModel(connection);
	if (await staff.exists({})) return null;
	const password = newOneTimePassword();
	const names = { name: 'admin', displayName: '系统管理员' };
	const record: StaffRecord = {
		_id: stableId('first-administrator'),
		...names,
		search: staffSearch(names),
		role: 'administrator',
		cities: CITIES.map(({ code }) => code).sort(),
		counterId: null,
		passwordHash: await hashPassword(password),
		mustChangePassword: true,
		disabled: false,
		lastSignInAt: null,
		demo: false,
		version: 1,
		createdAt: now,
		changedAt: now,
		pendingActs: [],
	};
	await staff.create(record);
	return { city: '全部城市', role: 'administrator', name: record.name, password };
}
