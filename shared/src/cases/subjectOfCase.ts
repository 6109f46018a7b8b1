/** The timeline of a case. */
export const subjectOfCase = (caseId: string): string => `case:${caseId}`;
