import { ERROR_CATALOGUE, type ErrorKey } from '@counter-hub/shared/errors/errorCatalogue.ts';
import { m } from '#paraglide/messages.js';
import { PAGE_PROBLEMS, type ApiProblem } from './ApiProblem.ts';

type Key = ErrorKey | keyof typeof PAGE_PROBLEMS;
type Part = 'what' | 'remedy';
type Values = Record<string, string | number>;

/**
 * An error's words are named after its key and stand with its feature: `error_<key>_what` says what happened,
 * `error_<key>_remedy` what to do. The type checker misses no key. Where the hub sends a value, such as `minutes` or a
 * `reason`, there may be a further form with it: `error_<key>_remedy_minutes`, or for one reason alone
 * `error_<key>_what_theft`.
 */
const WORDS: Record<`error_${Key}_${Part}`, () => string> = m;
const FORMS: Partial<Record<string, (values: never) => string>> = m;

const KEY_OF = new Map<string, Key>(
	(Object.entries({ ...ERROR_CATALOGUE, ...PAGE_PROBLEMS }) as [Key, { code: string }][]).map(
		([key, { code }]) => [code, key],
	),
);

/** Words for a problem: code, what happened, what to do. Values that the hub sent stand in the words. */
export function errorText({ problem: { code, params = {} } }: ApiProblem): {
	code: string;
	what: string;
	remedy: string;
} {
	const key = KEY_OF.get(code) ?? 'internal';
	return { code, what: words(key, 'what', params), remedy: words(key, 'remedy', params) };
}

function words(key: Key, part: Part, values: Values): string {
	const form = Object.entries(values)
		.flatMap(([name, value]) => [name, String(value)])
		.map((which) => FORMS[`error_${key}_${part}_${which}`])
		.find((found) => found !== undefined);
	// A form is named after the value that it takes, or takes none.
	return form ? form(values as never) : WORDS[`error_${key}_${part}`]();
}

/** One line: `FORM-1102 第 18 位校验不符，应为 3。请对照营业执照核对。` */
export function errorLine(error: ApiProblem): string {
	const { code, what, remedy } = errorText(error);
	return `${code} ${what}${/[。]$/.test(what) ? '' : ' '}${remedy}`;
}
