/**
 * RFC 8785 canonical JSON: keys sorted by UTF-16 code units, no white space, numbers as ECMAScript writes them.
 * Properties that are `undefined` are left out, as in `JSON.stringify`.
 * Throws `TypeError` for what JSON cannot carry faithfully: NaN, infinities, lone surrogates, dates, functions.
 */
export function canonicalJson(value: unknown): string {
	switch (typeof value) {
		case 'string':
			return canonicalString(value);
		case 'number':
			if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical JSON`);
			return String(value);
		case 'boolean':
			return value ? 'true' : 'false';
		case 'object':
			if (value === null) return 'null';
			if (Array.isArray(value)) return canonicalArray(value);
			return canonicalObject(value);
		default:
			throw new TypeError(`a ${typeof value} has no canonical JSON`);
	}
}

/** Printable ASCII without quotation mark and backslash stands for itself; that is most strings. */
const PLAIN = /^[ !#-[\]-~]*$/;

function canonicalString(text: string): string {
	if (PLAIN.test(text)) return `"${text}"`;
	if (!text.isWellFormed()) throw new TypeError('a lone surrogate has no canonical JSON');
	return JSON.stringify(text);
}

function canonicalArray(items: readonly unknown[]): string {
	let text = '[';
	for (let i = 0; i < items.length; i++) {
		if (i > 0) text += ',';
		text += canonicalJson(items[i]);
	}
	return `${text}]`;
}

function canonicalObject(value: object): string {
	const prototype: unknown = Object.getPrototypeOf(value);
	if (prototype !== Object.prototype && prototype !== null) {
		throw new TypeError(`a ${value.constructor.name} has no canonical JSON`);
	}
	const entries = value as Record<string, unknown>;
	let text = '{';
	let separator = '';
	for (const key of Object.keys(entries).sort()) {
		const item = entries[key];
		if (item === undefined) continue;
		text += `${separator}${canonicalString(key)}:${canonicalJson(item)}`;
		separator = ',';
	}
	return `${text}}`;
}
