import type { Lack, StaffFitness } from '@counter-hub/shared/fitness/fitness.ts';
import { daysFrom } from '@counter-hub/shared/qualifications/standing.ts';
import { kindName } from '#features/qualifications/kindName.ts';
import { m } from '#paraglide/messages.js';

/** `岗前培训、承诺书第 2 版` */
export const lackWords = (lacks: readonly Lack[]): string =>
	lacks
		.map((lack) =>
			lack.kind === 'qualification'
				? kindName(lack.qualification)
				: m.fitness_lack_undertaking({ n: lack.version }),
		)
		.join(m.common_listComma());

/** `业务考核还有 20 天`; `date` is today. */
export const expiringWords = (expiring: StaffFitness['expiring'], date: string): string =>
	expiring
		.map(({ kind, validUntil }) =>
			m.fitness_expiring({ kind: kindName(kind), n: daysFrom(date, validUntil) }),
		)
		.join(m.common_listComma());
