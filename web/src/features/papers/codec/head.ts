import type { Layout } from './Picture.ts';

/** Names how frames are written; another way of writing would have another name. */
export const FORMAT = 'loco-2';

/** What stands before the first stripe. */
export interface Head {
	readonly layout: Layout;
	readonly colour: VideoColorSpaceInit;
	/** How far a sample may lie from what the camera gave; 0: nowhere. */
	readonly near: number;
}

export const HEAD_BYTES = 6;
const MOST_NEAR = 16;
const LAYOUTS = ['i420', 'rgb'] as const satisfies readonly Layout[];
const PRIMARIES = ['bt709', 'bt470bg', 'smpte170m'] as const;
const TRANSFERS = ['bt709', 'smpte170m', 'iec61966-2-1'] as const;
const MATRICES = ['rgb', 'bt709', 'bt470bg', 'smpte170m'] as const;
const RANGES = [false, true] as const;

const numberOf = <T>(list: readonly T[], value: T | null | undefined): number => {
	const at = list.findIndex((one) => one === value);
	return at < 0 ? 255 : at;
};

export const writeHead = ({ layout, colour, near }: Head): Uint8Array<ArrayBuffer> =>
	Uint8Array.of(
		numberOf<Layout>(LAYOUTS, layout),
		near,
		numberOf<string>(PRIMARIES, colour.primaries),
		numberOf<string>(TRANSFERS, colour.transfer),
		numberOf<string>(MATRICES, colour.matrix),
		numberOf<boolean>(RANGES, colour.fullRange),
	);

/** Throws for bytes that are none. What is not known of the colours stays unknown, as with the camera's own picture. */
export function readHead(bytes: Uint8Array): Head {
	const [layoutNo = 255, near = 255, primaries = 255, transfer = 255, matrix = 255, range = 255] = bytes;
	const layout = LAYOUTS[layoutNo];
	if (!layout || near > MOST_NEAR) throw new Error('these bytes are no frame');
	return {
		layout,
		near,
		colour: {
			primaries: PRIMARIES[primaries] ?? null,
			transfer: TRANSFERS[transfer] ?? null,
			matrix: MATRICES[matrix] ?? null,
			fullRange: RANGES[range] ?? null,
		},
	};
}
