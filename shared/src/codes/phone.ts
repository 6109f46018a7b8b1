/** Mainland mobile number, or a landline with area code (`021-37736000`, extension allowed). */
export const PHONE = /^(1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}(-[0-9]{1,6})?)$/;

export const isPhone = (text: string): boolean => PHONE.test(text);
