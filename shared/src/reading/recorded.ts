import { holdsPersonalNumber } from '../codes/personalNumbers.ts';
import { compare, type CaseFacts } from './compare.ts';
import type { RecordedFinding } from './decisions.ts';
import { CODE_TEXT_MAX, type Finding, type PicturePlace } from './findings.ts';

/**
 * A finding as an event keeps it: personal numbers masked, of a machine's code only what the case has, too, or the
 * address without what is asked there. `isMisread`: a person says so.
 */
export function recorded(finding: Finding, facts: CaseFacts, isMisread: boolean): RecordedFinding {
	const { result, read } = compare(finding, facts);
	const { kind, place } = finding;
	const isCode = kind === 'qr' || kind === 'barcode';
	const text = isCode && result === 'none' ? addressOf(read) : read.slice(0, CODE_TEXT_MAX);
	return {
		kind,
		text: holdsPersonalNumber(text) ? '' : text,
		place: rounded(place),
		result: isMisread ? 'misread' : result,
	};
}

/** To a ten-thousandth: less than a pixel. */
const rounded = (place: PicturePlace): PicturePlace => {
	const to = (share: number) => Math.round(share * 10_000) / 10_000;
	return { x: to(place.x), y: to(place.y), width: to(place.width), height: to(place.height) };
};

/** Whatever else a code carries may be about a person. */
function addressOf(text: string): string {
	const url = URL.canParse(text) ? new URL(text) : null;
	return url && /^https?:$/.test(url.protocol) ? (url.origin + url.pathname).slice(0, CODE_TEXT_MAX) : '';
}
