import type { CheckMinimum } from '@counter-hub/shared/checks/items.ts';
import type { Reading } from '#features/settings/Setting.svelte.ts';

/** What can be asked for, as the schema of the minimum has it. Least and most, both allowed. */
export const MINIMUM_RANGES = {
	camera: { width: [0, 16_384], height: [0, 16_384], framesPerSecond: [1, 60] },
	document: { width: [0, 16_384], height: [0, 16_384] },
} as const;

/** What stands in the fields, each a whole number. */
export interface MinimumTexts {
	camera: Record<'width' | 'height' | 'framesPerSecond', string>;
	document: Record<'width' | 'height', string>;
}
/** The fields that hold no such number. */
export interface MinimumFaults {
	camera: Partial<Record<keyof MinimumTexts['camera'], true>>;
	document: Partial<Record<keyof MinimumTexts['document'], true>>;
}

export const textsOf = ({ camera, document }: CheckMinimum): MinimumTexts => ({
	camera: {
		width: String(camera.width),
		height: String(camera.height),
		framesPerSecond: String(camera.framesPerSecond),
	},
	document: { width: String(document.width), height: String(document.height) },
});

/** The minimum that the fields hold, or which of them are wrong. Pure. */
export function readMinimum(texts: MinimumTexts): Reading<CheckMinimum, MinimumFaults> {
	const faults: MinimumFaults = { camera: {}, document: {} };
	const side = (kind: 'camera' | 'document', name: 'width' | 'height'): number => {
		const value = numberOf(texts[kind][name], MINIMUM_RANGES[kind][name]);
		if (value === null) faults[kind][name] = true;
		return value ?? 0;
	};
	const framesPerSecond = numberOf(texts.camera.framesPerSecond, MINIMUM_RANGES.camera.framesPerSecond);
	if (framesPerSecond === null) faults.camera.framesPerSecond = true;
	const minimum: CheckMinimum = {
		camera: {
			width: side('camera', 'width'),
			height: side('camera', 'height'),
			framesPerSecond: framesPerSecond ?? 0,
		},
		document: { width: side('document', 'width'), height: side('document', 'height') },
	};
	const isWrong = [faults.camera, faults.document].some((kind) => Object.keys(kind).length > 0);
	return isWrong ? { faults } : { value: minimum, faults: null };
}

function numberOf(text: string, [least, most]: readonly [number, number]): number | null {
	const plain = text.normalize('NFKC').trim();
	if (!/^\d+$/.test(plain)) return null;
	const value = Number(plain);
	return value >= least && value <= most ? value : null;
}
