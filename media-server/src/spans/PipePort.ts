import type { PipeEnd } from '@counter-hub/shared/media/spanProtocol.ts';
import type { types } from 'mediasoup';
import type { RtcAddress } from '../platform/addresses.ts';

/** Where this node takes in what other nodes pipe to it. */
export interface PipeAddress extends RtcAddress {
	/** UDP; null takes free ones. */
	readonly ports: { readonly min: number; readonly max: number } | null;
}

/** One end of a pipe: encrypted, with repeats of what is lost. */
export async function openPipe(
	router: types.Router,
	{ ip, announced, ports }: PipeAddress,
): Promise<types.PipeTransport> {
	return await router.createPipeTransport({
		listenInfo: {
			protocol: 'udp',
			ip,
			...(announced !== undefined && { announcedAddress: announced }),
			...(ports && { portRange: ports }),
		},
		enableSrtp: true,
		enableRtx: true,
	});
}

/** What the other end needs to know of this one. */
export function endOf(
	{ tuple, srtpParameters }: types.PipeTransport,
	{ ip, announced }: PipeAddress,
): PipeEnd {
	if (!srtpParameters) throw new Error('a pipe without SRTP');
	const { cryptoSuite, keyBase64 } = srtpParameters;
	return { ip: announced ?? ip, port: tuple.localPort, srtp: { cryptoSuite, keyBase64 } };
}

export async function connectPipe(pipe: types.PipeTransport, { ip, port, srtp }: PipeEnd): Promise<void> {
	const cryptoSuite = srtp.cryptoSuite as types.SrtpParameters['cryptoSuite'];
	await pipe.connect({ ip, port, srtpParameters: { cryptoSuite, keyBase64: srtp.keyBase64 } });
}

/** The worker's answer holds `undefined` where there is nothing; what goes over the line does not. */
export const plain = <T>(answer: T): T => JSON.parse(JSON.stringify(answer)) as T;
