/** Where looks at things of a case are noted. */
export const auditOfCase = (caseId: string): string => `audit:${caseId}`;
