import { LRUCache } from 'lru-cache';
import { STREAM_PLACES_KEPT } from '../../limits.ts';

/**
 * The last number that was handled, by subject; the longest unused are forgotten. It grows as it is filled: with `max`
 * it would take the room of all at once, some megabytes for each job of a hub.
 */
export const newPlaces = (): LRUCache<string, number> =>
	new LRUCache({ maxSize: STREAM_PLACES_KEPT, sizeCalculation: () => 1 });
