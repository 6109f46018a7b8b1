import { ERROR_CATALOGUE } from '@counter-hub/shared/errors/errorCatalogue.ts';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';

/** What attackers send where something else is expected. */
const ATTACKS: readonly unknown[] = [
	null,
	'',
	'\0',
	'\ud800',
	'__proto__',
	'../../../../etc/passwd',
	'%00',
	'{"$gt":""}',
	'(a+)+$',
	'a'.repeat(20_000),
	'专'.repeat(501),
	-1,
	0,
	1e308,
	2 ** 53,
	true,
	[],
	{},
	{ $ne: null },
	{ $gt: '' },
	{ $where: 'sleep(1000)' },
	{ $regex: '.*' },
	{ toString: 1, valueOf: null },
	JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}'),
	nested(2000),
];

/** An array in an array in an array… */
function nested(depth: number): unknown {
	let value: unknown = 1;
	for (let i = 0; i < depth; i++) value = [value];
	return value;
}

export const junk: fc.Arbitrary<unknown> = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom(...ATTACKS) },
	{ weight: 1, arbitrary: fc.anything().map(onTheWire) },
);

/** A value that is nearly right: some of its parts replaced by junk, some fields left out, some added. */
export function spoiled(value: unknown): fc.Arbitrary<unknown> {
	const orJunk = (arbitrary: fc.Arbitrary<unknown>) =>
		fc.oneof({ weight: 8, arbitrary }, { weight: 1, arbitrary: junk });
	if (Array.isArray(value)) return orJunk(fc.tuple(...value.map(spoiled)));
	if (typeof value !== 'object' || value === null) return orJunk(fc.constant(value));
	const fields = Object.fromEntries(Object.entries(value).map(([key, field]) => [key, spoiled(field)]));
	const whole = fc.record(fields);
	const added = fc
		.tuple(whole, fc.constantFrom('isAdmin', '$where', 'role', 'constructor', 'seq', 'staffId'), junk)
		.map(([object, key, more]) => ({ ...object, [key]: more }));
	const lacking = fc.record(fields, { requiredKeys: [] });
	return fc.oneof(
		{ weight: 6, arbitrary: whole },
		{ weight: 2, arbitrary: added },
		{ weight: 2, arbitrary: lacking },
		{ weight: 1, arbitrary: junk },
	);
}

/** What JSON can carry of it. */
function onTheWire(value: unknown): unknown {
	try {
		const wire = JSON.parse(JSON.stringify({ value })) as { value?: unknown };
		return wire.value ?? null;
	} catch {
		return null;
	}
}

/** As much of JSON Schema as the OpenAPI document uses. */
export interface JsonSchema {
	$ref?: string;
	type?: string | string[];
	enum?: unknown[];
	const?: unknown;
	format?: string;
	anyOf?: JsonSchema[];
	oneOf?: JsonSchema[];
	allOf?: JsonSchema[];
	properties?: Record<string, JsonSchema>;
	items?: JsonSchema;
	minimum?: number;
	minLength?: number;
}
export type Schemas = Record<string, JsonSchema>;

/** Values that a pattern or check digit asks for, by the name of the field. */
const BY_NAME: Record<string, unknown> = {
	uscc: '91330100MA0000023P',
	citizenId: '310117190001010012',
	phone: '13800000000',
	itemNo: 5,
	cityCode: '330100',
};

/** A value that fits the schema, as far as the schema tells. */
export function sampleOf(schema: JsonSchema, schemas: Schemas, name = ''): unknown {
	if (name in BY_NAME) return BY_NAME[name];
	if (schema.$ref !== undefined) return sampleOf(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas);
	if (schema.const !== undefined) return schema.const;
	if (schema.enum) return schema.enum[0];
	const variant = (schema.anyOf ?? schema.oneOf ?? schema.allOf)?.[0];
	if (variant) return sampleOf(variant, schemas, name);
	const [type] = [schema.type].flat();
	switch (type) {
		case 'object':
			return Object.fromEntries(
				Object.entries(schema.properties ?? {}).map(([key, field]) => [key, sampleOf(field, schemas, key)]),
			);
		case 'array':
			return [sampleOf(schema.items ?? {}, schemas)];
		case 'integer':
		case 'number':
			return Math.max(1, schema.minimum ?? 1);
		case 'boolean':
			return true;
		default:
			return schema.format === 'uuid' ? randomUUID() : 'sample-text'.padEnd(schema.minLength ?? 0, 'x');
	}
}

/** Every code that an answer may carry. */
export const CODES = new Set<string>(Object.values(ERROR_CATALOGUE).map(({ code }) => code));
export const INTERNAL = ERROR_CATALOGUE.internal.code;

export const own = (value: unknown, key: string): unknown =>
	typeof value === 'object' && value !== null
		? Object.getOwnPropertyDescriptor(value, key)?.value
		: undefined;
