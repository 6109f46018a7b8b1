/** Mainland mobile number, or a landline with area code (`021-37736000`, extension allowed). */
export function isPhone(text: string): boolean {
	return /^1[3-9]\d{9}$/.test(text) || /^0\d{2,3}-?\d{7,8}(-\d{1,6})?$/.test(text);
}
