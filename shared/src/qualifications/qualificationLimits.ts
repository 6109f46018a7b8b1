/** Limits of the records of training and exams. */
export const QUALIFICATION_LIMITS = {
	/** Records of one person, those struck out too. */
	perPerson: 200,
	/** Characters. */
	titleLength: 60,
	resultLength: 40,
	reasonLength: 200,
	/** Of the file that proves one. */
	proofBytes: 20 * 1024 * 1024,
	/** What runs out within so many days is told. */
	noticeDays: 30,
} as const;

/** Kinds of proof, as the hub finds them in the bytes. */
export const PROOF_KINDS = ['application/pdf', 'image/png', 'image/jpeg', 'image/webp'] as const;
