/** Where looks at the proofs of a person are noted. */
export const auditOfStaff = (staffId: string): string => `audit:${staffId}`;
