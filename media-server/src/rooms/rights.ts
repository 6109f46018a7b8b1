import type { MediaGrant, MediaSource } from '@counter-hub/shared/media/grant.ts';

/**
 * The one place that decides who perceives whom (docs/protocol.md, M-3). Every consumer and every announcement of a
 * stream passes it with that stream's source; the announcement of a participant passes it with `null`.
 */
export function mayPerceive(viewer: MediaGrant, owner: MediaGrant, source: MediaSource | null): boolean {
	if (viewer.participantId === owner.participantId || !viewer.subscribe) return false;
	if (source === null) return owner.stage === 'member' && !owner.hidden;
	if (!mayPublish(owner, source)) return false;
	const audience = owner.publish.find((entry) => entry.source === source)?.audience;
	return audience === 'room' || (audience?.includes(viewer.participantId) ?? false);
}

export function mayPublish(owner: MediaGrant, source: MediaSource): boolean {
	return owner.stage === 'member' && owner.publish.some((entry) => entry.source === source);
}

/** Whether publishers may learn that this participant watches: nobody is told of a hidden one, not even so. */
export function isSeenWatching(viewer: MediaGrant): boolean {
	return viewer.stage === 'lobby' || !viewer.hidden;
}

/** Whether a volatile message of `speaker` reaches `listener`: who may know of him hears him, if he may speak. */
export function mayHear(listener: MediaGrant, speaker: MediaGrant): boolean {
	return speaker.say === true && mayPerceive(listener, speaker, null);
}
