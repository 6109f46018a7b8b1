import { fileURLToPath } from 'node:url';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { pdf } from '../../pdf.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { places } from '../counters/Places.ts';
import { getStaff } from '../people/getStaff.ts';
import { signaturesOf } from './signatures.ts';
import { getUndertaking } from './undertakingVersions.ts';

const TEMPLATE = fileURLToPath(new URL('undertaking.typ', import.meta.url));

/**
 * The undertaking as somebody has signed it, in Song and Hei.
 * @throws AppError `notFound`, `notAllowed`, `unknownUndertaking`, `undertakingNotSigned`
 */
export async function undertakingPdf(
	hub: HubContext,
	{ actor }: Principal,
	staffId: string,
	version: number,
): Promise<Buffer> {
	const person = await getStaff(hub, staffId);
	assertMay(may.readSignatures(actor, { staffId, cities: person.cities }));
	const [text, signed, counter] = await Promise.all([
		getUndertaking(hub, version),
		signaturesOf(hub, staffId),
		person.counterId === null ? undefined : places(hub).counter(person.counterId),
	]);
	const signature = signed.find((one) => one.version === version);
	if (!signature) throw new AppError('undertakingNotSigned');
	return await pdf(hub).render({
		template: TEMPLATE,
		at: signature.at,
		data: {
			title: text.title,
			version,
			paragraphs: text.body.split('\n').filter((line) => line.trim() !== ''),
			name: person.displayName,
			number: person.name,
			place: counter?.name ?? '',
			signedAt: MOMENT.format(signature.at),
			hash: signature.hash,
		},
	});
}

const MOMENT = new Intl.DateTimeFormat('zh-CN', {
	timeZone: 'Asia/Shanghai',
	dateStyle: 'long',
	timeStyle: 'short',
});
