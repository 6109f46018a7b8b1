import { canonicalJson } from '../timeline/canonicalJson.ts';
import type { Mark } from './marks.ts';

/**
 * The marks of one still as the text that is hashed (SHA-256 of its UTF-8): what was drawn, by whom and when, in the
 * order of drawing. Names are left out, since they are looked up when shown.
 */
export function strokesOf(marks: readonly Mark[], stillId: string): string {
	const own = marks.filter(({ on }) => on.kind === 'still' && on.stillId === stillId);
	return canonicalJson(
		own.map(({ markId, drawing, by: { staffId, duty }, at }) => ({ markId, drawing, staffId, duty, at })),
	);
}
