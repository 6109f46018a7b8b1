import type { QualificationKind } from '@counter-hub/shared/qualifications/qualifications.ts';
import { m } from '#paraglide/messages.js';

const NAMES: Record<QualificationKind, () => string> = {
	induction: m.qualifications_kind_induction,
	inService: m.qualifications_kind_inService,
	exam: m.qualifications_kind_exam,
};

export const kindName = (kind: QualificationKind): string => NAMES[kind]();
