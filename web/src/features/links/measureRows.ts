import type { FindingKind } from '@counter-hub/shared/links/linkTerms.ts';
import type { ReceivedLink } from '@counter-hub/shared/links/measured.ts';
import { m } from '#paraglide/messages.js';
import { fpsText, msText, percentText, secondsText } from './findingWords.ts';

/** A quantity of a link in the details: how it is written, and which findings are about it. */
interface MeasureRow {
	label: () => string;
	text: (measured: ReceivedLink) => string;
	kinds: readonly FindingKind[];
}

export const MEASURE_ROWS: readonly MeasureRow[] = [
	{
		label: m.links_row_picture,
		text: ({ picture }) => {
			if (!picture) return m.links_notJudged();
			if (picture.blanked) return m.links_short_blanked();
			if (picture.frames === 0) return m.links_noValue();
			const size = `${picture.width}×${picture.height}`;
			return `${m.links_fps({ n: fpsText(picture.framesPerSecond) })} · ${size}`;
		},
		kinds: ['nothing', 'noPicture', 'frozen', 'covered', 'blanked', 'frames'],
	},
	{
		label: m.links_row_sound,
		text: ({ sound }) => {
			if (!sound) return m.links_notJudged();
			if (sound.muted) return m.links_short_muted();
			if (sound.packets === 0) return m.links_noValue();
			if (sound.level === null) return m.links_soundUnmeasured();
			return m.links_dbfs({ n: msText(sound.level).replace('-', '−') });
		},
		kinds: ['nothing', 'noSound', 'silent', 'muted'],
	},
	{
		label: m.links_row_roundTrip,
		text: ({ roundTripMs }) =>
			roundTripMs === null ? m.links_noValue() : m.links_ms({ n: msText(roundTripMs) }),
		kinds: ['roundTrip'],
	},
	{
		label: m.links_row_loss,
		text: ({ lossPercent }) => m.links_percent({ n: percentText(lossPercent) }),
		kinds: ['loss'],
	},
	{
		label: m.links_row_jitter,
		text: ({ jitterMs }) => m.links_ms({ n: msText(jitterMs) }),
		kinds: ['jitter'],
	},
	{
		label: m.links_row_first,
		text: ({ picture }) =>
			typeof picture?.firstMs === 'number'
				? m.links_seconds({ n: secondsText(picture.firstMs) })
				: m.links_noValue(),
		kinds: ['firstPicture'],
	},
	{
		label: m.links_row_access,
		text: ({ path }) => path?.toUpperCase() ?? m.links_noValue(),
		kinds: ['tcp'],
	},
];
