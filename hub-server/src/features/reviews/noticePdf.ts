import { fileURLToPath } from 'node:url';
import QRCode from 'qrcode';
import { cityOf } from '@counter-hub/shared/cities/cities.ts';
import type { Notice } from '@counter-hub/shared/reviews/reviews.ts';
import type { HubContext } from '../../HubContext.ts';
import { pdf } from '../../pdf.ts';
import { getCaseRef } from '../cases/caseRef.ts';
import { places } from '../counters/Places.ts';

const TEMPLATE = fileURLToPath(new URL('notice.typ', import.meta.url));

/** Of a preview, which is no notice yet: it bears neither a number nor a code. */
export type NoticeDraft = Pick<Notice, 'round' | 'entries'>;

/** The one-time notice as it is printed at the window, in Song and Hei; `at` is when it was issued. */
export async function noticePdf(
	hub: HubContext,
	caseId: string,
	notice: Notice | NoticeDraft,
	at: Date,
): Promise<Buffer> {
	const [ref, counters] = await Promise.all([getCaseRef(hub, caseId), places(hub).all()]);
	const counterName = (id: string) => counters.find((one) => one.id === id)?.name ?? '';
	const isDraft = !('publicId' in notice);
	return await pdf(hub).render({
		template: TEMPLATE,
		at,
		pictures: isDraft ? {} : { '/qr.svg': await noticeCode(hub, notice) },
		data: {
			number: 'noticeNo' in notice ? notice.noticeNo : '',
			isDraft,
			round: notice.round,
			enterprise: ref.enterpriseName,
			item: ref.itemName,
			caseNo: ref.caseNo,
			receiving: counterName(ref.originCounterId),
			permit: counterName(ref.permitCounterId),
			permitCity: cityOf(ref.permitCity).zh,
			day: dayInWords(at),
			entries: notice.entries.map(({ materialNo, materialName, reasons, bring, stillIds }) => ({
				title: materialNo === null ? '其他事项' : materialName,
				reasons,
				bring,
				stills: stillIds.length,
			})),
		},
	});
}

/** The code of the address where the applicant reads the notice on a phone, as SVG: it names no person and no enterprise. */
export async function noticeCode(hub: HubContext, { publicId }: Pick<Notice, 'publicId'>): Promise<Buffer> {
	const address = `${hub.origin()}/n/${publicId}`;
	return Buffer.from(await QRCode.toString(address, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' }));
}

const DAY = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long' });
const dayInWords = (at: Date) => DAY.format(at);
