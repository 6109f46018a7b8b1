import type { DeviceInfo } from './deviceTypes.ts';

/*
 * Which camera serves which role. One camera serves one role at a time, and none ever takes the other role's: the
 * desk must not be sent as the face. Pure functions over ids.
 */

/** What is known of one role's cameras; ids. */
export interface CameraUse {
	readonly chosen: string | null;
	/** Used last, on this PC. */
	readonly used: string | null;
	/** Open, or being opened. */
	readonly using: string | null;
}

const has = (use: CameraUse, id: string): boolean => [use.chosen, use.used, use.using].includes(id);

/** Cameras that may serve the role, the most fitting first. What was chosen and is there stands alone. */
export function camerasFor(cameras: readonly DeviceInfo[], own: CameraUse, other: CameraUse): DeviceInfo[] {
	const named = cameras.filter(({ id }) => id !== '');
	const chosen = named.find(({ id }) => id === own.chosen);
	if (chosen) return [chosen];
	const free = named.filter(({ id }) => !has(other, id));
	return [...free.filter(({ id }) => id === own.used), ...free.filter(({ id }) => id !== own.used)];
}

/** The same for papers, which leave one camera for the person even before that one is opened. */
export function camerasForPapers(
	cameras: readonly DeviceInfo[],
	papers: CameraUse,
	person: CameraUse,
): DeviceInfo[] {
	const [first] = camerasFor(cameras, person, papers);
	const kept = person.using ?? first?.id ?? null;
	return camerasFor(cameras, papers, { ...person, using: kept });
}
