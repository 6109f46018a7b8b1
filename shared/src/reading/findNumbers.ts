import { codeForm } from '../codes/normalForm.ts';
import type { Finding } from './findings.ts';
import { resolveCitizenId, resolveUscc } from './lookAlikes.ts';
import type { Box } from './ReadLine.ts';
import { spanOf, type Row, type Span } from './rows.ts';

/** A finding whose place is a box in the unit of the lines. */
export type Spotted = Omit<Finding, 'place'> & { readonly box: Box };

/** Letters and digits, in groups that a blank or hyphen parts. */
const RUN = /[0-9A-Za-z]+(?:[ -][0-9A-Za-z]+)*/g;
const GROUP = /[0-9A-Za-z]+/g;
const CODE_LENGTH = 18;
/** A code with a sign too many or too few is looked at again. */
const NEARLY = { least: 15, most: 21 };
const MOBILE = /(?<![0-9A-Za-z])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z])/g;

/** USCC and citizen ID numbers of a row. `doubtful`: looks like a code and is none. */
export function findCodes(row: Row, today: string): { found: Spotted[]; doubtful: Box[] } {
	const found: Spotted[] = [];
	const doubtful: Box[] = [];
	for (const run of row.text.matchAll(RUN)) {
		const groups = [...run[0].matchAll(GROUP)].map((group) => ({
			from: run.index + group.index,
			to: run.index + group.index + group[0].length,
		}));
		const spans = joined(groups).map(({ from, to }) => spanOf(row, from, to));
		const codes = spans.filter(({ text }) => codeForm(text).length === CODE_LENGTH);
		const sound = codes.flatMap((span) => codeOf(span, today) ?? []);
		if (sound[0]) {
			found.push(sound[0]);
			continue;
		}
		const near = spans.toSorted((a, b) => b.text.length - a.text.length).find(looksLikeCode);
		if (!near) continue;
		doubtful.push(near.box);
		const unsound = codes
			.map((span) => ({ span, kind: unsoundKind(codeForm(span.text)) }))
			.find(({ kind }) => kind);
		if (unsound?.kind) {
			found.push({ ...asRead(unsound.span), kind: unsound.kind, sound: false, resolved: false });
		}
	}
	return { found, doubtful };
}

function codeOf(span: Span, today: string): Spotted | undefined {
	const read = codeForm(span.text);
	const id = /^[1-8]/.test(read) && resolveCitizenId(read, today);
	const code = id || (looksLikeCode(span) && resolveUscc(read));
	if (!code) return undefined;
	return {
		...asRead(span),
		kind: id ? 'citizenId' : 'uscc',
		text: code.code,
		sound: true,
		resolved: code.changed,
	};
}

/** Mobile numbers of a row. */
export function findPhones(row: Row): Spotted[] {
	return [...row.text.matchAll(MOBILE)].map((match) => {
		const span = spanOf(row, match.index, match.index + match[0].length);
		return { ...asRead(span), kind: 'phone', sound: true, resolved: false };
	});
}

const asRead = (span: Span) => ({ text: codeForm(span.text), box: span.box, confidence: span.confidence });

/** Mostly digits, and about as long; a word of many letters is none. */
function looksLikeCode({ text }: Span): boolean {
	const code = codeForm(text);
	const digits = code.replaceAll(/[^\dOISZ]/g, '').length;
	return code.length >= NEARLY.least && code.length <= NEARLY.most && digits >= code.length / 2;
}

/** What 18 characters were meant to be whose check digit is wrong; an account's number is neither. */
function unsoundKind(code: string): 'uscc' | 'citizenId' | undefined {
	if (/^[1-8]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/.test(code))
		return 'citizenId';
	return /^[159ANY][1239]\d{4}/.test(code) ? 'uscc' : undefined;
}

/** Every row of neighbouring groups, the single ones among them. */
const joined = (groups: readonly { from: number; to: number }[]) =>
	groups.flatMap(({ from }, first) => groups.slice(first).map(({ to }) => ({ from, to })));
