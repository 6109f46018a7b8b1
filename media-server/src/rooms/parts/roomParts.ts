import type { RoomPart } from '../RoomPart.ts';
import { attendance } from './attendance.ts';
import { carriage } from './carriage.ts';
import { commonCodec } from './commonCodec.ts';
import { firstPicture } from './firstPicture.ts';
import { layerControl } from './layerControl.ts';
import { lineWatch } from './lineWatch.ts';

/** What every room of this node has. */
export const roomParts: readonly RoomPart[] = [
	attendance,
	layerControl,
	lineWatch,
	firstPicture,
	commonCodec,
	carriage,
];
