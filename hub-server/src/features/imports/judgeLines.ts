import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { searchForm } from '@counter-hub/shared/codes/plainText.ts';
import type { ImportField, ImportLine, ImportRefusal } from '@counter-hub/shared/imports/staffImport.ts';
import {
	createStaffBody,
	signInName,
	type CounterView,
	type Post,
	type Role,
	type StaffView,
} from '@counter-hub/shared/people/people.ts';
import type { SheetRow } from './readSheet.ts';

/** What the lines are held against. */
export interface Register {
	readonly counters: readonly Pick<CounterView, 'id' | 'name' | 'cityCode'>[];
	/** By sign-in name. */
	readonly people: ReadonlyMap<string, Pick<StaffView, 'id' | 'displayName' | 'version' | keyof Post>>;
	/** Those that the administrator manages. */
	readonly cities: readonly CityCode[];
}

/** What a line asks for, as commands take it. */
export interface WantedPerson {
	name: string;
	displayName: string;
	post: Post;
}

/** A line with what applying it needs; `staffId` and `version` are those of the preview, null for a new person. */
export interface PlannedLine {
	readonly shown: ImportLine;
	readonly wanted: WantedPerson | null;
	readonly staffId: string | null;
	readonly version: number | null;
}

const ROLES: ReadonlyMap<string, Role> = new Map([
	...['专窗人员', '专窗工作人员', '窗口人员', 'clerk'].map((word) => [word, 'clerk'] as const),
	...['审查人员', '许可地审查人员', '审批人员', 'approver'].map((word) => [word, 'approver'] as const),
	...['监督人员', 'supervisor'].map((word) => [word, 'supervisor'] as const),
	...['系统管理员', '管理员', 'administrator'].map((word) => [word, 'administrator'] as const),
]);

/** What will become of each row, by the register as it is. Pure. */
export function judgeLines(rows: readonly SheetRow[], register: Register): PlannedLine[] {
	const firstWith = new Map<string, number>();
	return rows.map((row) => {
		const wanted = readRow(row, register);
		const refuse = (refusal: ImportRefusal): PlannedLine => ({
			shown: { verdict: 'refused', ...row, refusal },
			wanted: null,
			staffId: null,
			version: null,
		});
		if ('reason' in wanted) return refuse(wanted);
		const first = firstWith.get(wanted.name);
		if (first !== undefined) return refuse(refusal('repeated', 'name', first));
		firstWith.set(wanted.name, row.line);
		const person = register.people.get(wanted.name);
		if (!person) return { shown: { verdict: 'new', ...row }, wanted, staffId: null, version: null };
		if (!person.cities.every((city) => register.cities.includes(city)))
			return refuse(refusal('foreignPerson', 'name'));
		if (person.role !== 'clerk' && person.role !== 'approver') return refuse(refusal('otherPost', 'role'));
		const changes = changesOf(row, wanted, person, register);
		const shown: ImportLine =
			changes.length === 0 ? { verdict: 'unchanged', ...row } : { verdict: 'changed', ...row, changes };
		return { shown, wanted, staffId: person.id, version: person.version };
	});
}

/** The person whom a row describes, or why it describes none. */
function readRow({ cells }: SheetRow, { counters, cities }: Register): WantedPerson | ImportRefusal {
	for (const field of ['name', 'displayName', 'role', 'counter'] as const)
		if (cells[field] === '') return refusal('missing', field);
	const name = signInName.safeParse(cells.name);
	if (!name.success) return refusal('badName', 'name');
	const displayName = createStaffBody.shape.displayName.safeParse(cells.displayName);
	if (!displayName.success) return refusal('badDisplayName', 'displayName');
	const role = ROLES.get(searchForm(cells.role));
	if (role === undefined) return refusal('unknownRole', 'role');
	// Rights over whole cities are given one by one.
	if (role !== 'clerk' && role !== 'approver') return refusal('roleNotImported', 'role');
	const called = counters.filter((one) => searchForm(one.name) === searchForm(cells.counter));
	const [counter, another] = called.filter(({ cityCode }) => cities.includes(cityCode));
	if (!counter) return refusal(called.length > 0 ? 'foreignCounter' : 'unknownCounter', 'counter');
	// Names are the counter's within its city: two cities may have one of the same name.
	if (another) return refusal('unknownCounter', 'counter');
	return {
		name: name.data,
		displayName: displayName.data,
		post: { role, cities: [counter.cityCode], counterId: counter.id },
	};
}

function changesOf(
	{ cells }: SheetRow,
	{ displayName, post }: WantedPerson,
	person: Pick<StaffView, 'displayName' | keyof Post>,
	{ counters }: Register,
): { field: ImportField; from: string; to: string }[] {
	const counter = counters.find(({ id }) => id === person.counterId);
	return [
		...(displayName === person.displayName
			? []
			: [{ field: 'displayName' as const, from: person.displayName, to: displayName }]),
		...(post.role === person.role ? [] : [{ field: 'role' as const, from: person.role, to: post.role }]),
		...(post.counterId === person.counterId
			? []
			: [{ field: 'counter' as const, from: counter?.name ?? '', to: cells.counter }]),
	];
}

const refusal = (
	reason: ImportRefusal['reason'],
	field: ImportField | null = null,
	of: number | null = null,
): ImportRefusal => ({ reason, field, of });
