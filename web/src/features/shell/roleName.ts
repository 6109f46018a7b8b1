import type { Role } from '@counter-hub/shared/people/people.ts';
import { m } from '#paraglide/messages.js';

const NAMES: Record<Role, () => string> = {
	clerk: m.role_clerk,
	approver: m.role_approver,
	supervisor: m.role_supervisor,
	administrator: m.role_administrator,
};

export const roleName = (role: Role): string => NAMES[role]();
