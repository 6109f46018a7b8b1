import CircleHelp from '@lucide/svelte/icons/circle-question-mark';
import Check from '@lucide/svelte/icons/check';
import Minus from '@lucide/svelte/icons/minus';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import X from '@lucide/svelte/icons/x';
import type { Remark } from '@counter-hub/shared/reading/compare.ts';
import type { ReadingResult, ReadingVerdict } from '@counter-hub/shared/reading/decisions.ts';
import type { FindingKind } from '@counter-hub/shared/reading/findings.ts';
import type { Component } from 'svelte';
import { m } from '#paraglide/messages.js';
import type { ReadingFailed } from './PaperReader.ts';

export const KIND_WORDS: Record<FindingKind, () => string> = {
	uscc: m.reading_kind_uscc,
	name: m.reading_kind_name,
	citizenId: m.reading_kind_citizenId,
	phone: m.reading_kind_phone,
	date: m.reading_kind_date,
	qr: m.reading_kind_qr,
	barcode: m.reading_kind_barcode,
};

interface ResultWords {
	readonly icon: Component<{ size?: number; class?: string }>;
	readonly tone: 'ok' | 'warn' | 'muted';
	readonly word: () => string;
}
export const RESULT_WORDS: Record<ReadingResult, ResultWords> = {
	match: { icon: Check, tone: 'ok', word: m.reading_result_match },
	differs: { icon: TriangleAlert, tone: 'warn', word: m.reading_result_differs },
	unsure: { icon: CircleHelp, tone: 'warn', word: m.reading_result_unsure },
	none: { icon: Minus, tone: 'muted', word: m.reading_result_none },
	misread: { icon: X, tone: 'muted', word: m.reading_result_misread },
};

export const REMARK_WORDS: Record<Remark, () => string> = {
	visibleDigits: m.reading_remark_visibleDigits,
	checkDigit: m.reading_remark_checkDigit,
	faint: m.reading_remark_faint,
	future: m.reading_remark_future,
	expired: m.reading_remark_expired,
};

export const VERDICT_WORDS: Record<ReadingVerdict, () => string> = {
	matches: m.reading_verdict_matches,
	differs: m.reading_verdict_differs,
	misread: m.reading_verdict_misread,
};

export const FAILURE_WORDS: Record<ReadingFailed['failure'], { what: () => string; remedy: () => string }> = {
	picture: { what: m.reading_failed_picture_what, remedy: m.reading_failed_picture_remedy },
	parts: { what: m.reading_failed_parts_what, remedy: m.reading_failed_parts_remedy },
	reading: { what: m.reading_failed_reading_what, remedy: m.reading_failed_reading_remedy },
	tooLong: { what: m.reading_failed_tooLong_what, remedy: m.reading_failed_tooLong_remedy },
};
