import type { RoomPart } from '../RoomPart.ts';
import { attendance } from './attendance.ts';
import { layerControl } from './layerControl.ts';

/** What every room of this node has. */
export const roomParts: readonly RoomPart[] = [attendance, layerControl];
