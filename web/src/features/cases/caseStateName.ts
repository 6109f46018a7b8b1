import type { CaseState } from '@counter-hub/shared/cases/cases.ts';
import { m } from '#paraglide/messages.js';

const NAMES: Record<CaseState, () => string> = {
	open: m.cases_state_open,
	inSession: m.cases_state_inSession,
	passed: m.cases_state_passed,
	correction: m.cases_state_correction,
	rejectionAdvised: m.cases_state_rejectionAdvised,
	contactPending: m.cases_state_contactPending,
};

export const caseStateName = (state: CaseState): string => NAMES[state]();
