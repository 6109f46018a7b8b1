import type { MediaHandshake } from '@counter-hub/shared/media/mediaProtocol.ts';
import { rtpCapabilities, type RtpCapabilities } from '@counter-hub/shared/media/rtp.ts';
import { Device } from 'mediasoup-client';

/**
 * What this browser can do with the node's codecs takes some 30 ms to find out and never changes while the page is
 * open, so it is found out once per set of codecs.
 */
const known = new Map<string, Promise<Device>>();
let latest: MediaHandshake['device'];

export async function deviceFor(
	capabilitiesId: string,
	routerRtpCapabilities: RtpCapabilities,
): Promise<Device> {
	let device = known.get(capabilitiesId);
	if (!device) {
		device = load(routerRtpCapabilities);
		known.set(capabilitiesId, device);
		device.catch(() => known.delete(capabilitiesId));
	}
	const loaded = await device;
	latest = { capabilitiesId, rtpCapabilities: rtpCapabilities.parse(loaded.recvRtpCapabilities) };
	return loaded;
}

const TIME_OFFSET = 'urn:ietf:params:rtp-hdrext:toffset';

/** mediasoup-client does not know transmission time offsets, and browsers do without. */
export function isKnownExtension<E extends { uri: string }>(
	extension: E,
): extension is E & { uri: Exclude<E['uri'], typeof TIME_OFFSET> } {
	return extension.uri !== TIME_OFFSET;
}

/** For the handshake: lets the node prepare everything before it answers. */
export function knownDevice(): MediaHandshake['device'] {
	return latest;
}

async function load(routerRtpCapabilities: RtpCapabilities): Promise<Device> {
	const device = await Device.factory();
	const { headerExtensions = [], ...codecs } = routerRtpCapabilities;
	await device.load({
		routerRtpCapabilities: { ...codecs, headerExtensions: headerExtensions.filter(isKnownExtension) },
	});
	return device;
}
