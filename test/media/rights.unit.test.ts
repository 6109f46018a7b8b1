import { randomUUID } from 'node:crypto';
import { mediaGrant, type MediaGrant } from '@counter-hub/shared/media/grant.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayPerceive, mayPublish } from '@counter-hub/media-server/rooms/rights.ts';

const grant = (terms: Partial<MediaGrant> = {}): MediaGrant =>
	mediaGrant.parse({
		aud: 'media',
		roomId: randomUUID(),
		participantId: randomUUID(),
		label: '',
		side: '',
		stage: 'member',
		publish: [{ source: 'camera', audience: 'room' }],
		subscribe: true,
		hidden: false,
		grantVersion: 1,
		iat: 0,
		exp: 1,
		...terms,
	});

test('M-3 a member’s stream is perceived by whoever may subscribe, in the lobby too', () => {
	expect(mayPerceive(grant(), grant(), 'camera')).toBe(true);
	expect(mayPerceive(grant({ stage: 'lobby' }), grant(), 'camera')).toBe(true);
	expect(mayPerceive(grant(), grant(), 'screen')).toBe(false);
	expect(mayPerceive(grant(), grant({ stage: 'lobby' }), 'camera')).toBe(false);
});

test('M-3 presence: nobody is told of the hidden nor of the lobby', () => {
	expect(mayPerceive(grant(), grant(), null)).toBe(true);
	expect(mayPerceive(grant(), grant({ hidden: true }), null)).toBe(false);
	expect(mayPerceive(grant(), grant({ stage: 'lobby' }), null)).toBe(false);
});

test('M-3 nobody perceives himself, nor anything without subscribe, nor what is addressed to others', () => {
	const source = fc.constantFrom('microphone', 'camera', 'document', 'screen', null);
	fc.assert(
		fc.property(source, fc.boolean(), (what, hidden) => {
			const viewer = grant();
			const whisper = [{ source: 'microphone' as const, audience: [randomUUID()] }];
			expect(mayPerceive(viewer, viewer, what)).toBe(false);
			expect(mayPerceive(grant({ subscribe: false }), grant({ hidden }), what)).toBe(false);
			expect(mayPerceive(viewer, grant({ hidden: true, publish: whisper }), what)).toBe(false);
		}),
	);
	const viewer = grant();
	const audience = [viewer.participantId];
	expect(
		mayPerceive(viewer, grant({ hidden: true, publish: [{ source: 'microphone', audience }] }), 'microphone'),
	).toBe(true);
});

test('M-2, M-4 only members publish, and only what the grant names', () => {
	expect(mayPublish(grant(), 'camera')).toBe(true);
	expect(mayPublish(grant(), 'screen')).toBe(false);
	expect(mayPublish(grant({ stage: 'lobby' }), 'camera')).toBe(false);
});
