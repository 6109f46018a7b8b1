/** What may be shared on a case. */
export const FILE_LIMITS = {
	/** Of one file. */
	bytes: 50 * 1024 * 1024,
	/** Files of one case, withdrawn ones too. */
	perCase: 200,
	/** Characters of a name. */
	nameLength: 120,
	/** Characters of the reason for a withdrawal, and for a decision about the scanner. */
	reasonLength: 200,
} as const;

/** Kinds that are shared, as the hub finds them in the bytes: what every browser shows without a further program. */
export const FILE_KINDS = ['application/pdf', 'image/png', 'image/jpeg', 'image/webp'] as const;
