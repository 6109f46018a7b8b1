import type { Duty } from '@counter-hub/shared/cases/cases.ts';
import { m } from '#paraglide/messages.js';

/** 收件地 or 许可地, in the language of the page. */
export const dutyName = (duty: Duty): string =>
	duty === 'permit' ? m.case_duty_permit() : m.case_duty_receiving();
